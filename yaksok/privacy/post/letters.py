"""Every letter that the mall writes, as it leaves. No template names a person; see ``letters_*``."""

import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.policy.in_force import policy
from yaksok.policy.remedies import elsewhere
from yaksok.policy.reproduction import MARK, is_reproduction
from yaksok.policy.vocabulary import Channel, Language
from yaksok.privacy.post import (
    letters_advertising,
    letters_desk,
    letters_guardians,
    letters_mall,
    letters_rights,
    letters_sharing,
    letters_terms,
    letters_yearly,
)
from yaksok.privacy.post.advertisements import signs
from yaksok.privacy.post.templates import Draft, Template, Written

__all__ = ["DRAFTS", "PROVE", "Draft", "Template", "Written", "write"]

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        **letters_advertising.DRAFTS,
        **letters_desk.DRAFTS,
        **letters_guardians.DRAFTS,
        **letters_mall.DRAFTS,
        **letters_rights.DRAFTS,
        **letters_sharing.DRAFTS,
        **letters_terms.DRAFTS,
        **letters_yearly.DRAFTS,
    }
)
"""Every template and its words; each part of the mall keeps its own."""

OF_ADVERTISING = frozenset(letters_advertising.DRAFTS)
"""Letters that name the sender of advertising, as the law wants it."""

PROVE = frozenset(template for template, draft in DRAFTS.items() if draft.proves)
"""Letters that carry a secret link, by which the person shows that the address is theirs."""


def write(
    template: Template,
    language: Language,
    context: Mapping[str, str],
    link: str,
    *,
    channel: Channel = Channel.EMAIL,
    opened: Mapping[str, str] = MappingProxyType({}),
    stop: str = "",
) -> Written:
    """The letter, as it stands in the templates, with its numbers filled in.

    Arguments:
        opened: Plain values of the draft's ``opened``, by the name of the item. They come into the
            body of an e-mail alone: never into a subject, never into a text message.
        stop: The address that stops letters of this kind, for a draft that carries one.
    """
    draft, mall = DRAFTS[template], policy().document.body.mall
    values = {**context, "link": link, "stop": stop, "mall": mall.name.in_(language)}
    if template in OF_ADVERTISING:
        values |= signs(language)
    subject = draft.subject.in_(language).format_map(values)
    if draft.marked:
        subject = f"{values['mark']} {subject}"
    if channel is Channel.SMS:
        return _short(draft, values, subject, language)
    if channel is Channel.PUSH:
        return _notification(draft, values, subject, language)
    body = draft.body.in_(language).format_map({**opened, **values})
    text = f"{body}\n\n{_foot(language)}\n"
    if is_reproduction(policy()):
        subject = f"[{MARK.in_(language)}] {subject}"
        text = f"{MARK.ko}\n{MARK.en}\n\n{text}"
    return Written(subject, text, _as_html(text, subject, (link, stop), language), language, stop)


def _short(draft: Draft, values: Mapping[str, str], subject: str, language: Language) -> Written:
    """The words of a text message: who writes stands first, as people look for it there."""
    if draft.sms is None:
        msg = "this letter has no words for a text message"
        raise ValueError(msg)
    text = f"[{values['mall']}] {draft.sms.in_(language).format_map(values)}"
    if draft.marked:
        text = f"{values['mark']}{text}"
    if is_reproduction(policy()):
        text = f"[{MARK.in_(language)}] {text}"
    return Written(subject, text, "", language)


def _notification(
    draft: Draft, values: Mapping[str, str], subject: str, language: Language
) -> Written:
    """The words of a notification: title and text apart, and where a touch leads."""
    if draft.push is None:
        msg = "this letter has no words for a notification"
        raise ValueError(msg)
    if is_reproduction(policy()):
        subject = f"[{MARK.in_(language)}] {subject}"
    text = draft.push.in_(language).format_map(values)
    return Written(subject, text, "", language, values["stop"], values["link"])


def _foot(language: Language) -> str:
    body = policy().document.body
    asks = Text(ko="개인정보 문의", en="Questions about your data")
    return (
        f"— \n{body.mall.name.in_(language)} · {body.mall.company.in_(language)}\n"
        f"{asks.in_(language)}: {body.officers.manager.email}\n"
        f"{elsewhere(body, language)}"
    )


def _as_html(text: str, subject: str, links: tuple[str, ...], language: Language) -> str:
    shown = escape(text.strip())
    for safe in {escape(link) for link in links if link}:
        # Up to the end of its own line: one address may begin with another one.
        shown = re.sub(f"{re.escape(safe)}(?=\\s|$)", f'<a href="{safe}">{safe}</a>', shown)
    paragraphs = (f"<p>{part.replace(chr(10), '<br>')}</p>" for part in shown.split("\n\n"))
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{escape(subject)}</title>'
        '<body style="font:16px/1.6 sans-serif;max-width:34rem;word-break:keep-all">'
        f"{''.join(paragraphs)}</body></html>"
    )
