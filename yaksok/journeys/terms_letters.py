"""Letters of a case about a membership, in the language in which the member was last told something."""

from dataclasses import replace

from django.conf import settings

from yaksok.journeys.speaking import last_day
from yaksok.journeys.terms_words import GROUNDS
from yaksok.kernel.ids import RecordId
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Item, Language, RecordKind
from yaksok.privacy.consent import telling
from yaksok.privacy.post import letters, outbox
from yaksok.privacy.post.templates import Template
from yaksok.privacy.retention.cases import Case
from yaksok.privacy.retention.certificate import Certificate
from yaksok.privacy.vault import gate

CASE_PATH, MEMBER_PATH, CERTIFICATE_PATH = "/my/terms-case", "/my", "/certificate/verify"
LATER = "-"
"""What stands where the certificate comes; it is made after the address is gone."""


def warned(case: Case) -> None:
    """Tell what is wrong, and until when it can be put right."""
    language = _language(case)
    context = {"why": _why(case, language), "until": last_day(case.cure_until, language)}
    _note(case, Template.TERMS_WARNED, {**context, "path": CASE_PATH})


def noticed(case: Case) -> None:
    """Tell that the membership may end, why, and until when the member can explain."""
    language = _language(case)
    until = last_day(case.explain_until, language) if case.explain_until else ""
    context = {"why": _why(case, language), "until": until, "path": CASE_PATH}
    _note(case, Template.TERMS_NOTICED, context)


def kept(case: Case) -> None:
    """Tell that the case is over and the person stays a member."""
    _note(case, Template.TERMS_KEPT, {"path": MEMBER_PATH})


def lost(case: Case) -> outbox.Sealed | None:
    """The last letter, held in memory alone; to be called before the address is destroyed."""
    record = _membership(case)
    if record is None or not policy().having(RecordKind.MEMBERSHIP, [Item.EMAIL]):
        return None
    language = _language(case)
    return outbox.seal_now(
        case.subject,
        Template.TERMS_LOST,
        kind=RecordKind.MEMBERSHIP,
        record=record,
        language=language,
        context={"why": _why(case, language), "certificate": LATER, "path": CERTIFICATE_PATH},
    )


def with_certificate(
    case: Case, letter: outbox.Sealed | None, done: Certificate
) -> outbox.Sealed | None:
    """The last letter, with the certificate of what was done in it. It holds nothing personal."""
    if letter is None:
        return None
    language = letter.words.language
    prefix = outbox.ENGLISH_PREFIX if language is Language.ENGLISH else ""
    words = letters.write(
        Template.TERMS_LOST,
        language,
        {"why": _why(case, language), "certificate": done.text, "path": CERTIFICATE_PATH},
        f"{settings.YAKSOK_ORIGIN}{prefix}{CERTIFICATE_PATH}",
    )
    return replace(letter, words=words)


def _note(case: Case, template: Template, context: dict[str, str]) -> None:
    record = _membership(case)
    if record is None:
        return
    outbox.note(
        case.subject,
        template,
        kind=RecordKind.MEMBERSHIP,
        record=record,
        language=_language(case),
        context=context,
    )


def _membership(case: Case) -> RecordId | None:
    held = [one for one in gate.holdings(case.subject) if one.kind is RecordKind.MEMBERSHIP]
    return held[-1].record if held else None


def _language(case: Case) -> Language:
    return telling.languages({case.subject}).get(case.subject, Language.KOREAN)


def _why(case: Case, language: Language) -> str:
    return GROUNDS[case.ground].in_(language)
