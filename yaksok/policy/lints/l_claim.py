"""L-CLAIM: what is said about people and procedures is proved, or printed as not met.

The page puts "not met at present" before each claim whose register does not prove it. So a claim
that is not proven is no lie, and is not found here: the packaged document stays clean in a mall
that has hired nobody yet. Found is what the page would state flatly, whatever is true: a superlative
that no register can ever prove ("완벽", "최고", "첨단"), in the document or a clause; a promise that two
registers are to prove, because one of them would be believed. As a warning: a claim that no
register is named for, because the page would call it not met for ever.
"""

import re
from collections.abc import Iterator

from yaksok.policy.clauses.ids import ALL_IDS
from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.wording import clauses

_SUPERLATIVE = re.compile(
    r"완벽|최고\s*(?:의|수준)|첨단|최신\s*(?:기술|방화벽|보안|암호)|100\s*%|절대\s*안전"
    r"|업계\s*(?:최초|유일)|인지도|이름이 알려진"
    r"|state[- ]of[- ]the[- ]art|\bperfectly\b|absolutely safe|best in (?:class|the industry)"
    r"|cutting[- ]edge|most advanced|\badvanced (?:firewall|security)|\bwell known\b",
    re.IGNORECASE,
)
_WORDING = Text(
    ko="(무엇을 하는지 그대로 적습니다: 방화벽을 직접 운영합니다.)",
    en="(say what is done: we run a firewall of our own.)",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each claim that the page would state without evidence."""
    for said in case.said:
        if found := said.names(_SUPERLATIVE):
            cure = "say what is done, not how well"
            yield Fault(said.keys, f"claims “{found}”, which nothing can prove", cure, _WORDING)
    claims = case.body.claims
    by_promise = {
        promise: [name for name, claim in claims.items() if promise in claim.promises]
        for promise in ALL_IDS
    }
    for promise, names in sorted(by_promise.items()):
        if len(names) > 1:
            keys = ("claims", names[-1], "promises")
            yield Fault(keys, f"{promise} is proved by two registers", "leave it in one of them")
    unnamed = [clause.id for clause in clauses() if clause.claim and not by_promise[clause.id]]
    if unnamed:
        fault = f"names no register for {', '.join(unnamed)}: they are never met on the page"
        cure = "add each to the [claims] table of the register that proves it"
        yield Fault(("claims",), fault, cure, severity=Severity.WARNING)


RULE = LintRule(
    id="L-CLAIM",
    severity=Severity.ERROR,
    laws=kr("Fair Labeling and Advertising Act 3(1)1, 5", "1999-07-01", "M")
    | eu("Directive 2005/29/EC, 6(1), 12", "2007-12-12", "M"),
    check=check,
    sample=Sample(
        bad='[mall]\nhosting = { ko = "첨단 보안 센터", en = "a state-of-the-art centre" }',
        good='[mall]\nhosting = { ko = "직접 운영", en = "own operation" }',
    ),
)
