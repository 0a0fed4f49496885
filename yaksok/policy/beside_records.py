"""Checks the tables beside the records: services, consents, programmes, claims, questions."""

import re
from collections.abc import Iterator
from datetime import date

from yaksok.policy import advertising_faults, safe_number
from yaksok.policy.clauses.ids import ALL_IDS
from yaksok.policy.document import Document, DocumentError
from yaksok.policy.entries import Advertising, Programme
from yaksok.policy.facts import STANDING_REFUSALS
from yaksok.policy.how_long import Desk
from yaksok.policy.law.tables import remedy_names
from yaksok.policy.places import Path
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Channel, Held, Profile, Purpose

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,39}")
_COOKIE = re.compile(r"__Host-[0-9A-Za-z_-]{1,40}")
_COUNTRY = re.compile(r"[A-Z]{2}")

YEARS = range(2000, 2200)
"""Years in which a day of a document can lie."""

SOON = range(1, 31)
"""Working days within which an inquiry can be answered."""

LONGEST_ANSWER = 500
"""The most characters that a product may ask for."""


def faults(document: Document) -> Iterator[DocumentError]:
    """Every name in those tables that nothing declares, and every figure out of range."""
    yield from _words(document)
    yield from _countries(document)
    yield from _days(document)
    yield from _services(document)
    yield from _consents(document)
    yield from _programmes(document)
    yield from _questions(document)
    yield from _claims(document)
    yield from _remedies(document)
    yield from _seat(document)
    yield from _demands(document)
    if (advertising := document.body.advertising) is not None:
        yield from _advertising(document, advertising)
    for name in ("training_every", "audit_every"):
        value = getattr(document.body.upkeep, name)
        yield from _period(document, ("upkeep", name), value)
    if document.body.desk is not None:
        yield from _desk(document, document.body.desk)
    yield from safe_number.faults(document)
    own = document.body.children.own_consent
    yield from _period(document, ("children", "own_consent"), own)
    if document.body.children.age not in range(13, 20):
        cure = "write the age in years, 13 to 19"
        yield document.error(("children", "age"), "is no age of consent", cure)


def _words(document: Document) -> Iterator[DocumentError]:
    """Names that the code writes into addresses, receipts and the log are plain words."""
    body = document.body
    if not _VERSION.fullmatch(body.version):
        cure = (
            "write letters, digits, dots and hyphens, at most 40, such as the day it takes effect"
        )
        yield document.error(("version",), "cannot be a version's name", cure)
    if not _COOKIE.fullmatch(body.cookie.name):
        cure = "begin it with __Host-, so that it stays with this host and its encrypted pages"
        yield document.error(("cookie", "name"), "cannot be the cookie's name", cure)
    tables = (
        "claims",
        "consents",
        "processors",
        "programmes",
        "push_services",
        "questions",
        "recipients",
    )
    for table in tables:
        for name in getattr(body, table):
            if not _NAME.fullmatch(name):
                cure = (
                    "begin with a small letter; small letters, digits and underscores, at most 40"
                )
                yield document.error((table, name), "cannot be a name", cure)
    for name in STANDING_REFUSALS & body.consents.keys():
        cure = "call the consent otherwise: a refusal has this name"
        yield document.error(("consents", name), "is taken", cure)
    for form, entry in body.forms.items():
        for place, box in enumerate(entry.boxes):
            if not _NAME.fullmatch(box.name) or box.name in STANDING_REFUSALS:
                keys: Path = ("forms", form.value, "boxes", place, "name")
                yield document.error(keys, "cannot be a box's name", "write a plain small word")


def _countries(document: Document) -> Iterator[DocumentError]:
    body = document.body
    countries: list[tuple[Path, str]] = [
        (("mall", "country"), body.mall.country),
        (("mall", "host_country"), body.mall.host_country),
    ]
    countries += [
        (("recipients", name, "country"), r.country) for name, r in body.recipients.items()
    ]
    countries += [
        (("processors", name, "country"), p.country) for name, p in body.processors.items()
    ]
    countries += [
        (("push_services", name, "country"), p.country) for name, p in body.push_services.items()
    ]
    for keys, country in countries:
        if not _COUNTRY.fullmatch(country):
            cure = 'write its two capital letters, such as "KR" (ISO 3166-1)'
            yield document.error(keys, f"{country!r} is no country", cure)


def _days(document: Document) -> Iterator[DocumentError]:
    """Days that a calendar can reckon with: one too many digits is a slip of the pen."""
    body = document.body
    days: list[tuple[Path, date | None]] = [(("effective",), body.effective)]
    days += [
        (("processors", n, "contract_until"), p.contract_until) for n, p in body.processors.items()
    ]
    for name, programme in body.programmes.items():
        days.append((("programmes", name, "starts"), programme.starts))
        days.append((("programmes", name, "ends"), programme.ends))
    for keys, day in days:
        if day is not None and day.year not in YEARS:
            cure = f"write a day of the years {YEARS[0]} to {YEARS[-1]}"
            yield document.error(keys, f"is {day}", cure)


def _period(document: Document, keys: Path, value: str) -> Iterator[DocumentError]:
    try:
        Period.parse(value)
    except ValueError as error:
        yield document.error(keys, str(error), "write a calendar period")


def _desk(document: Document, desk: Desk) -> Iterator[DocumentError]:
    keys: Path = ("desk", "first_answer")
    try:
        period = Period.parse(desk.first_answer)
    except ValueError as error:
        yield document.error(keys, str(error), "write working days, such as P3D")
        return
    if period.years or period.months or period.days not in SOON:
        cure = f"write {SOON[0]} to {SOON[-1]} working days, such as P3D"
        yield document.error(keys, f"is {desk.first_answer}", cure)


def _purpose(document: Document, keys: Path, purpose: Purpose) -> Iterator[DocumentError]:
    if purpose not in document.body.purposes:
        yield document.error(keys, f"{purpose} is not declared", f"add [purposes.{purpose}]")


def _consent(document: Document, keys: Path, name: str) -> Iterator[DocumentError]:
    if name not in document.body.consents:
        yield document.error(keys, f"{name} is not declared", f"add [consents.{name}]")


def _services(document: Document) -> Iterator[DocumentError]:
    for name, service in document.body.services.items():
        yield from _purpose(document, ("services", name.value, "purpose"), service.purpose)


def _consents(document: Document) -> Iterator[DocumentError]:
    for name, consent in document.body.consents.items():
        for purpose in consent.purposes:
            yield from _purpose(document, ("consents", name, "purposes"), purpose)
    for form, entry in document.body.forms.items():
        for place, box in enumerate(entry.boxes):
            here: Path = ("forms", form.value, "boxes", place)
            for name in box.consents:
                yield from _consent(document, (*here, "consents"), name)
            if box.name in document.body.consents and box.name not in box.consents:
                fault = "is called like a consent that it does not ask"
                yield document.error(
                    (*here, "name"), fault, f'write consents = ["{box.name}"], or rename the box'
                )
            if box.consents and (box.name,) != box.consents:
                cure = "give the consent a box of its own, called like it"
                yield document.error((*here, "name"), "is not the name of the one consent", cure)


def _programmes(document: Document) -> Iterator[DocumentError]:
    body = document.body
    named = {programme.recipient for programme in body.programmes.values()}
    first: dict[str, str] = {}
    for name, programme in body.programmes.items():
        yield from _programme(document, ("programmes", name), programme)
        if first.setdefault(programme.recipient, name) != name:
            fault = f"is the recipient of {first[programme.recipient]} already"
            cure = "declare the company again under another key: each programme has its own consent"
            yield document.error(("programmes", name, "recipient"), fault, cure)
    for kind, record in body.records.items():
        for place, grant in enumerate(record.grants):
            third = body.recipients.get(grant.recipient or "")
            if third is None or third.without_consent is not None or grant.recipient in named:
                continue
            keys: Path = ("records", kind.value, "grants", place, "recipient")
            cure = "announce it first: add a [programmes] table with its notice (P4.2)"
            yield document.error(keys, f"{grant.recipient} has no announced programme", cure)


def _programme(document: Document, here: Path, programme: Programme) -> Iterator[DocumentError]:
    third = document.body.recipients.get(programme.recipient)
    if third is None:
        cure = f"add [recipients.{programme.recipient}]"
        yield document.error((*here, "recipient"), f"{programme.recipient} is not declared", cure)
    if not programme.notice.strip():
        cure = "post the notice on the board and write its key (P4.2)"
        yield document.error((*here, "notice"), "names no notice", cure)
    if third is not None and not third.items:
        cure = "name the items that it gives, or take the programme out"
        yield document.error((*here, "recipient"), "is given nothing", cure)
    if programme.ends <= programme.starts:
        yield document.error((*here, "ends"), "is not after the start", "write a later day")


def _questions(document: Document) -> Iterator[DocumentError]:
    for name, question in document.body.questions.items():
        if not 1 <= question.max_length <= LONGEST_ANSWER:
            keys: Path = ("questions", name, "max_length")
            cure = f"write 1 to {LONGEST_ANSWER} characters"
            yield document.error(keys, f"is {question.max_length}", cure)
        words = (question.label.ko, question.label.en, question.reason.ko, question.reason.en)
        if not all(word.strip() for word in words):
            cure = "say in both languages what is asked and why (P2.13)"
            yield document.error(("questions", name), "has a blank text", cure)


def _claims(document: Document) -> Iterator[DocumentError]:
    for name, claim in document.body.claims.items():
        for promise in claim.promises:
            if promise not in ALL_IDS:
                keys: Path = ("claims", name, "promises")
                yield document.error(keys, f"{promise} is no promise", "write one of P1.1 to P11.5")


def _remedies(document: Document) -> Iterator[DocumentError]:
    for name in document.body.remedies:
        if name not in remedy_names():
            cure = f"use of: {', '.join(sorted(remedy_names()))}"
            yield document.error(("remedies",), f"{name} is not in the law table", cure)


def _demands(document: Document) -> Iterator[DocumentError]:
    """A demand by law reaches items that are sealed in records that there are, and nothing else."""
    demands = document.body.legal_demands
    for kind, items in demands.reach.items() if demands else ():
        keys: Path = ("legal_demands", "reach", kind.value)
        record = document.body.records.get(kind)
        if record is None:
            yield document.error(keys, f"{kind} is not declared", f"add [records.{kind}]")
            continue
        for item in items:
            if item not in record.items or record.items[item].held is Held.VERIFIER:
                cure = "name items of the record that can be read"
                yield document.error(keys, f"{item} is not among them", cure)


def _seat(document: Document) -> Iterator[DocumentError]:
    """What the law of the profile has every page say of the mall, and the profile's own table."""
    body = document.body
    european = body.profile is Profile.LAWFUL_EU
    if body.mall.mail_order_number is None and not european:
        cure = "write it as it is registered (E-Commerce Act, article 12)"
        yield document.error(("mall", "mail_order_number"), "is missing", cure)
    if european and body.european is None:
        cure = "add [european] with state, authority and authority_url"
        yield document.error(("european",), "is missing", cure)


def _advertising(document: Document, advertising: Advertising) -> Iterator[DocumentError]:
    for name in ("reconfirm", "result"):
        yield from _period(document, ("advertising", name), getattr(advertising, name))
    for channel, entry in advertising.channels.items():
        keys: Path = ("advertising", "channels", Channel(channel).value, "consent")
        yield from _consent(document, keys, entry.consent)
    if advertising.night is not None:
        yield from _consent(document, ("advertising", "night"), advertising.night)
    yield from _purpose(document, ("advertising",), Purpose.ADVERTISING)
    yield from advertising_faults.faults(document, advertising)
