"""L-RETENTION-LAW: whoever promises to delete everything does not break a law that keeps records.

Found: the record of who ordered, or of where the goods went, is destroyed before the law lets go of
it and leaves no copy; a clause promises deletion without saying what a law keeps, in a document
that keeps nothing for it; a copy is kept for a law that is no longer in force.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from yaksok.kernel.clock import SEOUL
from yaksok.policy.entries import Record, Text
from yaksok.policy.law.tables import LawRow, retention_laws
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.places import Path
from yaksok.policy.retention import Period
from yaksok.policy.vocabulary import Profile, RecordKind

_KEPT: Mapping[RecordKind, str] = MappingProxyType(
    {RecordKind.ORDER_PAYER: "contract", RecordKind.ORDER_RECIPIENT: "supply"}
)
"""Records of trade, and the law that has them kept where it is Korea's."""

_DELETED = re.compile(r"삭제|파기|지우|지웁|delete|destroy|erase|remove", re.IGNORECASE)
_LAW = re.compile(r"법이|법에|법률|\blaws?\b", re.IGNORECASE)
_NO_COPY = re.compile(r"따로 남기지 않|no copy is kept", re.IGNORECASE)
_SPEAKING = frozenset({"P1.12", "P3.8", "P3.10"})
_WORDING = Text(
    ko="지체 없이 파기합니다. 다만 법이 보존하게 한 거래 기록은 따로 잠가 두고 그 기한이 지나면"
    " 파기하며, 어느 법인지와 기한을 알려 드립니다.",
    en="It is destroyed without delay. Trade records that a law has us keep are locked away apart"
    " and destroyed on their date; you are told which law and until when.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each promise to delete that a law does not allow."""
    records = case.body.records
    keeping = [kind for kind in _KEPT if kind in records and _kept(case, records[kind])]
    for kind, law in _KEPT.items():
        if kind in records and kind not in keeping:
            keys: Path = ("records", kind.value, "statutory")
            fault = "is destroyed before the law lets go of it"
            cure = f"keep what it names: statutory = [{{ items = [{_items(kind)}], {_of(case, law)} }}]"
            yield Fault(keys, fault, cure, _WORDING)
    if not keeping:
        for said in case.clauses:
            at_once = said.names(_DELETED) and not said.names(_LAW)
            if said.promise in _SPEAKING and (at_once or said.names(_NO_COPY)):
                fault = "promises to delete everything; a law has records of the trade kept"
                yield Fault(said.keys, fault, "say what is kept, and by which law", _WORDING)
    for kind, record in records.items():
        for copy in record.statutory:
            row = retention_laws().get(copy.law)
            if row is not None and not row.holds(case.today):
                keys = ("records", kind.value, "statutory")
                yield Fault(keys, f"{copy.law} is not in force", "name a law that is, or no copy")


def _kept(case: Case, record: Record) -> bool:
    """Whether ``record``, or a copy of it, lives as long as the law of the case wants."""
    korean = case.profile is Profile.LAWFUL_KR
    if not korean:
        return bool(record.statutory) or _lasts(record.end.period, "P5Y")
    return bool(record.statutory) or _lasts(record.end.period, retention_laws()["contract"].period)


def _lasts(period: str, least: str) -> bool:
    start = datetime.datetime(2026, 1, 1, tzinfo=SEOUL)
    return Period.parse(period).after(start) >= Period.parse(least).after(start)


def _items(kind: RecordKind) -> str:
    payer = kind is RecordKind.ORDER_PAYER
    return '"name", "phone", "email"' if payer else '"name", "postcode", "address"'


def _of(case: Case, law: str) -> str:
    rows: Mapping[str, LawRow] = retention_laws()
    state = case.body.european.state if case.body.european else case.body.mall.country
    own = [name for name, row in rows.items() if row.state == state and state != "KR"]
    return f'law = "{own[0] if own and case.profile is Profile.LAWFUL_EU else law}"'


RULE = LintRule(
    id="L-RETENTION-LAW",
    severity=Severity.ERROR,
    laws=kr("PIPA 21(1), 21(3); E-Commerce Act 6, Decree 6", "2011-09-30", "T")
    | eu("GDPR 6(1)(c), 17(3)(b); tax and commercial law of the state", "2018-05-25", "M"),
    check=check,
    sample=Sample(
        bad='[records.order_recipient]\npurposes = ["order", "delivery", "rights"]',
        bad_without=("records.order_recipient.statutory", "records.order_recipient.grants"),
        good='[records.order_recipient]\npurposes = ["order", "delivery", "rights"]\n'
        'end = { event = "delivered", period = "P5Y" }',
        good_without=("records.order_recipient.statutory", "records.order_recipient.grants"),
    ),
)
