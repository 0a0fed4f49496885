"""What the clauses say in the words of one document."""

from types import ModuleType

from yaksok.policy.clauses import (
    s01_purpose,
    s02_items,
    s03_retention,
    s04_sharing,
    s05_guests,
    s06_cookie,
    s07_safeguards,
    s08_access,
    s09_children,
    s10_contact,
    s11_officer,
)
from yaksok.policy.clauses.clause import Clause
from yaksok.policy.entries import Body, Text
from yaksok.policy.law.tables import tables
from yaksok.policy.vocabulary import Language

SECTIONS: tuple[ModuleType, ...] = (
    s01_purpose,
    s02_items,
    s03_retention,
    s04_sharing,
    s05_guests,
    s06_cookie,
    s07_safeguards,
    s08_access,
    s09_children,
    s10_contact,
    s11_officer,
)


def clauses() -> tuple[Clause, ...]:
    """Every clause, in the order of the policy."""
    return tuple(clause for section in SECTIONS for clause in section.CLAUSES)


def wording(body: Body) -> tuple[tuple[Clause, Text], ...]:
    """Every clause with its sentence, in the words of the profile of ``body``."""
    korean, english = (
        _parameters(body, language) for language in (Language.KOREAN, Language.ENGLISH)
    )
    return tuple(
        (clause, Text(ko=said[0].format_map(korean), en=said[1].format_map(english)))
        for clause in clauses()
        for said in (clause.words(body.profile),)
    )


def _parameters(body: Body, language: Language) -> dict[str, str]:
    """What the sentences of ``language`` take from the document and the law tables."""
    korean = language is Language.KOREAN
    services = [service.text.in_(language) for service in body.services.values()]
    courier = body.recipients.get("courier")
    issuer = body.transport.issuer or ("인증서 발급 기관" if korean else "the issuing authority")
    return {
        "mall": body.mall.name.in_(language),
        "member_services": ", ".join(services) or ("없음" if korean else "none"),
        "designated_under": body.officers.designated_under.in_(language),
        "courier": courier.company.in_(language)
        if courier
        else ("택배회사" if korean else "the courier"),
        "cookie": body.cookie.name,
        "complaints_phone": body.mall.complaints_phone,
        "manager": body.officers.manager.name.in_(language),
        "handler": body.officers.handler.name.in_(language),
        "child_age": str(body.children.age),
        "issuer": issuer,
        **_offices(body, language),
    }


def _offices(body: Body, language: Language) -> dict[str, str]:
    """Where a dissatisfied person can turn: the first office named, and who does its work today."""
    known = tables().remedy
    named = next((known[name] for name in body.remedies), known["report_centre"])
    today = known.get(named.successor or "", named)
    european = body.european
    return {
        "report_centre": named.name.in_(language),
        "report_centre_phone": named.phone,
        "report_centre_site": named.url.removeprefix("http://").removeprefix("https://"),
        "report_centre_ended": str(named.ended.year) if named.ended else "",
        "todays_centre": today.name.in_(language),
        "todays_centre_phone": today.phone,
        "todays_centre_site": today.url,
        "authority": european.authority.in_(language) if european else "",
        "authority_site": european.authority_url if european else "",
    }
