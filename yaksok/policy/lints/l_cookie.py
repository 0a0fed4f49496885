"""L-COOKIE: whatever a page keeps in a browser is declared (P6.1).

Found: a cookie without a name, or without words for what it is; anything of the vocabulary's
``Storage`` — that is what the mall's own pages use — without a ``[storage]`` table, but what serves a
channel of advertising that the document does not have; a text that
speaks of advertising or analysis by cookie, which these pages do not do.
"""

import re
from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.words import is_blank
from yaksok.policy.vocabulary import Channel, Storage

_TRACKING = re.compile(
    r"애널리틱스|analytics|추적\s*쿠키|광고\s*쿠키|맞춤형\s*광고|tracking cookie", re.IGNORECASE
)
_WORDING = Text(
    ko="장바구니: 담은 상품의 번호와 수량을 열려 있는 탭에만 두고, 마지막 탭을 닫으면 사라짐",
    en="the basket: numbers and quantities of goods, kept in open tabs only and gone with the last one",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each thing kept in the browser and not said."""
    cookie = case.body.cookie
    if is_blank(cookie.name) or is_blank(cookie.text):
        yield Fault(("cookie",), "does not say what the cookie is", "write its name and its use")
    advertising = case.body.advertising
    unused = set() if advertising and Channel.PUSH in advertising.channels else {Storage.PUSH}
    for storage in sorted(set(Storage) - unused):
        entry = case.body.storage.get(storage)
        if entry is None or is_blank(entry.text):
            fault = f"the pages keep the {storage} in the browser, and nothing says so"
            yield Fault(("storage", storage.value), fault, f"add [storage.{storage}]", _WORDING)
    for said in case.texts:
        if found := said.names(_TRACKING):
            cure = "take it out: these pages load nothing from elsewhere and follow nobody (P6.3)"
            yield Fault(said.keys, f"speaks of “{found}”", cure)


RULE = LintRule(
    id="L-COOKIE",
    severity=Severity.ERROR,
    laws=kr("PIPA 30(1)7", "2011-09-30", "T")
    | eu("Directive 2002/58/EC, 5(3); GDPR 13", "2018-05-25", "T"),
    check=check,
    sample=Sample(bad_without=("storage.basket",)),
)
