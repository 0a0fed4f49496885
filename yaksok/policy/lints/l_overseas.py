"""L-OVERSEAS: data that leaves the country does so openly, and by a way that the law has (Korea).

Found: machines abroad (``host_country``) without a processor declared there; machines that are
known to stand elsewhere than the document says; a recipient abroad that is given data without the
person's consent. A processor abroad is lawful when the page tells of it, as it does for each
declared one.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import (
    Case,
    Fault,
    LintRule,
    Registers,
    Sample,
    Severity,
    kr,
)

_WORDING = Text(
    ko="개인정보는 모두 국내에서 처리하고 보관합니다.",
    en="All personal data is processed and stored in this country.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each way abroad that the law does not have."""
    mall = case.body.mall
    keys = ("mall", "host_country")
    abroad = {processor.country for processor in case.body.processors.values()}
    if mall.host_country != mall.country and mall.host_country not in abroad:
        cure = (
            f"add the [processors] table of the company that runs machines in {mall.host_country}"
        )
        yield Fault(keys, f"stores data in {mall.host_country} through nobody", cure, _WORDING)
    known = case.registers.host_country
    if known is not None and known != mall.host_country:
        fault = f"says {mall.host_country}; the machines stand in {known}"
        yield Fault(keys, fault, f"write {known}, or move them", _WORDING)
    for name, recipient in case.body.recipients.items():
        abroad_unasked = recipient.country != mall.country and recipient.without_consent is not None
        if abroad_unasked and recipient.items:
            cure = "ask for consent with a [programmes] table, or take a company in the country"
            where = ("recipients", name, "country")
            yield Fault(where, f"gives data to {recipient.country} without consent", cure, _WORDING)


RULE = LintRule(
    id="L-OVERSEAS",
    severity=Severity.ERROR,
    laws=kr("PIPA 28-8; Decree 31(1)", "2023-09-15", "T"),
    check=check,
    sample=Sample(
        bad='[mall]\nhost_country = "US"',
        good="""
[mall]
host_country = "US"

[processors.host]
company = { ko = "예시 클라우드", en = "Example Cloud" }
work = { ko = "서버 운영", en = "running the machines" }
items = []
country = "US"
contract_until = 2099-12-31
""",
        good_registers=Registers(host_country="US"),
    ),
)
