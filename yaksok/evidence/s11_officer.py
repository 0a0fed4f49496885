"""Section 11: who is responsible, with the six things that are shown of them, and where to turn."""

import msgspec
from django.utils.translation import gettext_lazy as _

from yaksok.evidence.counting import counts
from yaksok.evidence.outcome import Outcome, attested_if, counted, kept_if, with_number
from yaksok.evidence.where import DOCUMENT
from yaksok.kernel import clock
from yaksok.kernel.errors import NotFound
from yaksok.policy import in_force
from yaksok.policy.entries import Officer
from yaksok.policy.in_force import policy
from yaksok.policy.law.tables import tables
from yaksok.policy.remedies import elsewhere
from yaksok.policy.vocabulary import Language
from yaksok.privacy.post.letters import DRAFTS, Draft, Template, write


def _blank(officer: Officer) -> int:
    said = msgspec.to_builtins(officer)
    texts = [
        t
        for value in said.values()
        for t in (value.values() if isinstance(value, dict) else [value])
    ]
    return sum(not text.strip() for text in texts)


def _shown(officer: Officer) -> Outcome:
    return attested_if(
        _blank(officer) == 0,
        with_number(_("빈칸 %(n)d개"), _blank(officer)),
        _(
            "직책, 이름, 이메일, 주소, 전화, 팩스가 모두 적혀 있는지 확인했어요. 내용은 운영자가 적은 것이에요."
        ),
    )


def p11_01_an_officer_is_designated() -> Outcome:
    """P11.1: the document names the officer and by which law, and so does each page that was published."""
    officers = policy().document.body.officers
    said = (officers.designated_under.ko, officers.manager.name.ko)
    blank = sum(not one.strip() for one in said)
    silent, pages = counts(
        "SELECT count(*) FILTER (WHERE position((%s::text[])[1] IN content) = 0), count(*)"
        " FROM published_text WHERE number = %s AND page = 'policy' AND language = 'ko'",
        [officers.manager.name.ko],
        in_force.number(),
    )
    return counted(
        blank + silent,
        len(said) + pages,
        _("시행 중인 처리방침과 공개한 글에 책임자와 지정 근거가 적혀 있는지 봤어요."),
        DOCUMENT,
    )


def p11_02_the_officer_is_shown() -> Outcome:
    """P11.2: the privacy officer's six entries are filled in."""
    return _shown(policy().document.body.officers.manager)


def p11_03_the_handler_is_shown() -> Outcome:
    """P11.3: the handler's six entries are filled in."""
    return _shown(policy().document.body.officers.handler)


def p11_04_an_office_outside_is_named() -> Outcome:
    """P11.4: each office that the document names is one that the law table knows, and one works today."""
    body, known, today = policy().document.body, tables().remedy, clock.today()
    strange = [name for name in body.remedies if name not in known]
    doing = [known[known[name].successor or name] for name in body.remedies if name in known]
    works = body.european is not None or any(office.holds(today) for office in doing)
    said = [elsewhere(body, language) for language in Language]
    return counted(
        len(strange) + (not works) + sum(not one.strip() for one in said),
        len(body.remedies) + len(said),
        _("처리방침이 알리는 외부 기관이 지금 있는 곳인지 법령 표와 맞춰 봤어요."),
        DOCUMENT,
    )


def p11_05_every_letter_says_where_else_to_turn() -> Outcome:
    """P11.5: each letter that the mall can write names the office outside it, in either language."""
    silent = [
        template
        for template, draft in DRAFTS.items()
        for language in Language
        if not _names_the_office(template, draft, language)
    ]
    return kept_if(
        bool(elsewhere(policy().document.body, Language.KOREAN)) and not silent,
        with_number(_("살펴본 편지 %(n)d가지"), len(DRAFTS)),
        _("보낼 수 있는 모든 편지를 두 언어로 써 보고, 도움을 청할 기관이 적혀 있는지 확인했어요."),
    )


def _names_the_office(template: Template, draft: Draft, language: Language) -> bool:
    """Whether it does. A letter for which this document has no use is never written."""
    try:
        letter = write(
            template,
            language,
            dict.fromkeys(draft.context | {"code"}, "x"),
            "https://mall.example/x",
            opened=dict.fromkeys((item.value for item in draft.opened), "x"),
        )
    except NotFound:
        return True
    return elsewhere(policy().document.body, language) in letter.text
