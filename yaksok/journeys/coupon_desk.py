"""Staff make coupons, end them, and see how many are out; never who has one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from yaksok.database.roles import keeper, retrying
from yaksok.journeys import coupons
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.errors import Invalid, Refused
from yaksok.mall.board import cleaning
from yaksok.mall.promotions import book
from yaksok.mall.promotions.book import Counted, Coupon, CouponId
from yaksok.mall.promotions.worth import Worth
from yaksok.policy.cells import smallest_of
from yaksok.policy.entries import Text
from yaksok.policy.fields import Unfit
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Language
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event

T = TypeVar("T")

MAKERS = frozenset({Role.MARKETER, Role.OFFICER})
READERS = MAKERS | {Role.AUDITOR}

FIELDS = (
    "code",
    "name_ko",
    "name_en",
    "worth",
    "amount",
    "percent",
    "cap",
    "least",
    "starts_on",
    "ends_on",
    "number",
)
"""What the form asks; ``worth`` is ``amount`` or ``percent``."""

NAME_MAX, CODE_MIN = 60, 4
MOST_WON, MOST_LEAST, MOST_NUMBER = 10_000_000, 100_000_000, 1_000_000
LONGEST, DAY_LONG = timedelta(days=3 * 366), timedelta(days=1)
CODE = Text(
    ko="영문 대문자, 숫자, 붙임표로 4자에서 20자까지 적습니다.",
    en="4 to 20 capital letters, digits and hyphens.",
)
TAKEN = Text(ko="이미 쓰고 있는 쿠폰 번호입니다.", en="There is a coupon with this code.")
NAME = Text(ko="이름은 60자까지 적습니다.", en="A name has at most 60 characters.")
NUMBER = Text(
    ko="{least}부터 {most}까지의 정수를 적습니다.", en="A whole number from {least} to {most}."
)
WORTH = Text(ko="정액과 정률 가운데 하나를 고릅니다.", en="Choose an amount or a percentage.")
DAY = Text(ko="있는 날짜를 2026-11-24처럼 적습니다.", en="A date that exists, like 2026-11-24.")
ENDS = Text(
    ko="끝나는 날은 시작하는 날과 오늘 이후이고, 시작한 날부터 3년 안이어야 합니다.",
    en="It ends on or after its first day and today, within three years of its first day.",
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A coupon in the console's list. A count that is too small to be shown is None.

    ``taken`` counts everybody who ever took it, ``used`` the members of today who used it.
    """

    id: UUID
    code: str
    name: str
    worth: str
    terms: str
    starts_at: datetime
    last_day: date
    number: int
    taken: int | None
    used: int | None
    ended_at: datetime | None
    over: bool


def may_make(actor: Actor) -> bool:
    """Whether the role makes coupons and ends them."""
    return actor.role in MAKERS


def smallest() -> int:
    """The smallest count that is shown, as the policy in force has it for statistics."""
    return smallest_of(policy().document.body)


def every(actor: Actor, language: Language) -> tuple[Listed, ...]:
    """All coupons, the newest first.

    Refuses:
        Refused: the role has no part in it (P7.13).
    """
    _must_be(actor, READERS)
    with keeper():
        found = book.every()
    return tuple(_listed(one, language) for one in found)


@retrying
def make(actor: Actor, form: Mapping[str, str], *, language: Language) -> UUID:
    """Make a coupon; its id.

    Arguments:
        form: :data:`FIELDS` as they were typed; dates are days in Seoul, and both are included.

    Raises:
        Invalid: what cannot be taken, field by field; nothing is made.

    Refuses:
        Refused: the role makes no coupons (P7.13).

    Records:
        Event.PROMOTIONS_COUPON_MADE with the coupon's id.
    """
    _must_be(actor, MAKERS)
    coupon = _read(form, language)
    with keeper():
        if not book.add(coupon, at=clock.now()):
            raise Invalid({"code": TAKEN.in_(language)})
        log.record(Event.PROMOTIONS_COUPON_MADE, actor=actor, promise="P1.4", reason=str(coupon.id))
    return coupon.id


@retrying
def end(actor: Actor, coupon: UUID) -> bool:
    """Let nobody take ``coupon`` any more; False when there is nothing to end.

    Who has it keeps it until its last day: what was given is not taken back.

    Refuses:
        Refused: the role ends no coupons (P7.13).

    Records:
        Event.PROMOTIONS_COUPON_ENDED with the coupon's id.
    """
    _must_be(actor, MAKERS)
    with keeper():
        ended = book.end(CouponId(coupon), at=clock.now())
        if ended:
            log.record(
                Event.PROMOTIONS_COUPON_ENDED, actor=actor, promise="P1.4", reason=str(coupon)
            )
    return ended


class _Typed:
    """What was typed, read field by field; what cannot be taken is collected in ``problems``."""

    def __init__(self, form: Mapping[str, str], language: Language) -> None:
        self.form, self.language = form, language
        self.problems: dict[str, str] = {}

    def get(self, name: str, read: Callable[[str], T], instead: T) -> T:
        """The field ``name`` as ``read`` takes it; ``instead`` when it cannot."""
        try:
            return read(self.form.get(name, ""))
        except Unfit as unfit:
            self.wrong(name, unfit.text)
            return instead

    def wrong(self, name: str, why: Text) -> None:
        """The field cannot be taken."""
        self.problems[name] = why.in_(self.language)


def _read(form: Mapping[str, str], language: Language) -> Coupon:
    typed = _Typed(form, language)
    today = clock.today()
    first, last = typed.get("starts_on", _day, today), typed.get("ends_on", _day, today)
    if not typed.problems and not max(first, today) <= last <= _latest(first):
        typed.wrong("ends_on", ENDS)
    coupon = Coupon(
        book.new_coupon_id(),
        typed.get("code", _code, ""),
        {
            Language.KOREAN: typed.get("name_ko", _name, ""),
            Language.ENGLISH: typed.get("name_en", _name, ""),
        },
        _worth(typed),
        typed.get("least", _whole(0, MOST_LEAST, empty=True), 0),
        clock.midnight(first),
        clock.midnight(min(last, date.max - DAY_LONG) + DAY_LONG),
        typed.get("number", _whole(1, MOST_NUMBER), 1),
        taken=0,
        ended_at=None,
    )
    if typed.problems:
        raise Invalid(typed.problems)
    return coupon


def _worth(typed: _Typed) -> Worth:
    match typed.form.get("worth", ""):
        case "amount":
            return Worth(amount=typed.get("amount", _whole(1, MOST_WON), 1))
        case "percent":
            percent = typed.get("percent", _whole(1, 100), 1)
            return Worth(percent=percent, cap=typed.get("cap", _whole(1, MOST_WON), 1))
        case _:
            typed.wrong("worth", WORTH)
            return Worth(amount=1)


def _code(typed: str) -> str:
    code = coupons.normal(typed)
    if len(code) < CODE_MIN:
        raise Unfit(CODE)
    return code


def _name(typed: str) -> str:
    name = cleaning.title(typed)
    if len(name) > NAME_MAX:
        raise Unfit(NAME)
    return name


def _whole(least: int, most: int, *, empty: bool = False) -> Callable[[str], int]:
    def read(typed: str) -> int:
        text = typed[:20].strip().replace(",", "")
        if empty and not text:
            return 0
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            said = {"least": f"{least:,}", "most": f"{most:,}"}
            raise Unfit(Text(ko=NUMBER.ko.format_map(said), en=NUMBER.en.format_map(said)))
        return int(text)

    return read


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed[:20].strip())
    except ValueError:
        raise Unfit(DAY) from None


def _latest(first: date) -> date:
    return min(first, date.max - LONGEST) + LONGEST


def _listed(one: Counted, language: Language) -> Listed:
    coupon, at = one.coupon, clock.now()
    return Listed(
        coupon.id,
        coupon.code,
        coupon.name[language],
        coupons.worth(coupon.worth, language),
        coupons.terms(coupon.least, language),
        coupon.starts_at,
        (coupon.until_at - timedelta(seconds=1)).astimezone(clock.SEOUL).date(),
        coupon.number,
        _shown(coupon.taken),
        _shown(one.used),
        coupon.ended_at,
        coupon.ended_at is not None or at >= coupon.until_at,
    )


def _shown(count: int) -> int | None:
    return count if count >= smallest() else None


def _must_be(actor: Actor, roles: frozenset[Role]) -> None:
    if actor.role not in roles or actor.subject is None:
        msg = f"refused to let {actor.role} handle coupons"
        raise Refused(msg, promise="P7.13", advice="ask the privacy officer")
