"""For which reasons what a law keeps may be looked at, or kept beyond its day. There is no "other"."""

import re
from enum import StrEnum

from yaksok.kernel.errors import Invalid
from yaksok.policy.detector import contains_rrn
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language

LONGEST_DOCUMENT = 60
_DOCUMENT = re.compile(r"[0-9A-Za-z가-힣 ().·/-]+")
_MOBILE = re.compile(r"01\d[ .-]?\d{3,4}[ .-]?\d{4}")

WRONG_DOCUMENT = Text(
    ko="문서번호를 한글, 영문자, 숫자로 60자까지 적습니다. 이름이나 전화번호, 주민등록번호는 적지 않습니다.",
    en="Give the number of the document in letters and digits, 60 at most. No names, telephone or"
    " resident numbers.",
)
WRONG_GROUND = Text(ko="사유를 하나 고릅니다.", en="Choose one of the grounds.")


class Ground(StrEnum):
    """Why, with the statute that allows it (:data:`STATUTES`)."""

    AUTHORITY_INSPECTION = "authority_inspection"
    CONSUMER_DISPUTE = "consumer_dispute"
    COURT_ORDER = "court_order"
    COURT_WARRANT = "court_warrant"
    OWN_LAWSUIT = "own_lawsuit"
    TAX_AUDIT = "tax_audit"


NAMES = {
    Ground.AUTHORITY_INSPECTION: Text(ko="감독기관의 조사", en="inspection by a supervisor"),
    Ground.CONSUMER_DISPUTE: Text(ko="소비자 분쟁의 조정", en="mediation of a consumer dispute"),
    Ground.COURT_ORDER: Text(ko="법원의 문서제출명령", en="court order to produce documents"),
    Ground.COURT_WARRANT: Text(ko="법관의 영장", en="warrant of a judge"),
    Ground.OWN_LAWSUIT: Text(ko="거래에 관한 소송", en="lawsuit about the trade"),
    Ground.TAX_AUDIT: Text(ko="세무조사", en="tax audit"),
}

STATUTES = {
    Ground.AUTHORITY_INSPECTION: Text(
        ko="개인정보 보호법 제63조", en="article 63 of the Personal Information Protection Act"
    ),
    Ground.CONSUMER_DISPUTE: Text(
        ko="소비자기본법 제65조", en="article 65 of the Framework Act on Consumers"
    ),
    Ground.COURT_ORDER: Text(ko="민사소송법 제347조", en="article 347 of the Civil Procedure Act"),
    Ground.COURT_WARRANT: Text(
        ko="형사소송법 제215조", en="article 215 of the Criminal Procedure Act"
    ),
    Ground.OWN_LAWSUIT: Text(
        ko="개인정보 보호법 제15조 제1항 제6호",
        en="article 15(1)6 of the Personal Information Protection Act",
    ),
    Ground.TAX_AUDIT: Text(
        ko="국세기본법 제85조의3", en="article 85-3 of the Framework Act on National Taxes"
    ),
}
"""Articles from memory: to be checked by counsel before they are relied on (mark M of the law table)."""


def checked(ground: str, document: str, *, language: Language) -> tuple[Ground, str]:
    """The ground and the number of its document, fit to be written down.

    Raises:
        Invalid: no such ground, or what is not the number of a document.
    """
    problems = {}
    words = " ".join(document.split())
    if ground not in set(Ground):
        problems["ground"] = WRONG_GROUND.in_(language)
    fits = _DOCUMENT.fullmatch(words) and len(words) <= LONGEST_DOCUMENT
    if not fits or contains_rrn(words) or _MOBILE.search(words):
        problems["document"] = WRONG_DOCUMENT.in_(language)
    if problems:
        raise Invalid(problems)
    return Ground(ground), words
