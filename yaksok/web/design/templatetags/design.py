"""How values are said on a page: money, days, masks, evidence; and what the frame needs."""

import datetime
import time

from django import template
from django.template.context import RequestContext
from django.urls import translate_url
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yaksok.journeys import browse
from yaksok.kernel.money import shown
from yaksok.mall.catalogue.goods import Category
from yaksok.policy import remedies
from yaksok.policy.entries import Mall
from yaksok.policy.in_force import policy
from yaksok.policy.terms.page import withdrawal
from yaksok.policy.text import item_name
from yaksok.policy.vocabulary import Item, Language, Minors, RecordKind
from yaksok.web.language import current

register = template.Library()

WEEKDAYS = (
    gettext_lazy("월"),
    gettext_lazy("화"),
    gettext_lazy("수"),
    gettext_lazy("목"),
    gettext_lazy("금"),
    gettext_lazy("토"),
    gettext_lazy("일"),
)

EVIDENCE = {
    "proved": ("●", gettext_lazy("규칙과 시험으로 지킵니다")),
    "declared": ("◌", gettext_lazy("약속했고, 시험은 아직 없습니다")),
    "unmet": ("○", gettext_lazy("지금은 지키지 못합니다")),
}


KEPT_FOR = 30.0
"""Seconds for which a process keeps the menu of categories."""

_shelves: dict[Language, tuple[float, tuple[Category, ...]]] = {}


@register.filter
def won(amount: int) -> SafeString:
    """Whole won as a person reads it: ``39,000원``, in English ``₩39,000``."""
    figure = f"{int(amount):,}"
    if current() is Language.KOREAN:
        return format_html('<span class="price">{}<span class="won">원</span></span>', figure)
    return format_html('<span class="price"><span class="won">₩</span>{}</span>', figure)


@register.filter
def money(amount: int) -> str:
    """Whole won as plain text, for where no markup can stand."""
    return shown(amount, current().value)


@register.filter
def day(moment: datetime.datetime | datetime.date) -> str:
    """A date with its weekday: ``2026년 11월 23일 (월)``, in English ``23 Nov 2026 (Mon)``."""
    if isinstance(moment, datetime.datetime):
        moment = timezone.localtime(moment).date()
    weekday = WEEKDAYS[moment.weekday()]
    if current() is Language.KOREAN:
        return f"{moment.year}년 {moment.month}월 {moment.day}일 ({weekday})"
    return f"{moment.day} {moment:%b} {moment.year} ({weekday})"


@register.filter
def day_before(end: datetime.datetime) -> str:
    """The last day of what holds until before ``end``."""
    return day(end - datetime.timedelta(microseconds=1))


@register.filter
def moment(at: datetime.datetime) -> str:
    """A date with its time in Seoul."""
    return f"{day(at)} {timezone.localtime(at):%H:%M}"


@register.filter
def last_day(until: datetime.datetime) -> str:
    """The last whole day before ``until``."""
    return day(until - datetime.timedelta(microseconds=1))


@register.filter
def clock(at: datetime.datetime) -> str:
    """The time of day in Seoul."""
    return f"{timezone.localtime(at):%H:%M}"


@register.simple_tag
def officer_fax() -> str:
    """Where a paper for the privacy officer is faxed."""
    return policy().document.body.officers.manager.fax


@register.filter
def birth_month(month: str) -> str:
    """Year and month: ``2013년 5월``, in English ``May 2013``."""
    year, number = (int(part) for part in month.split("-"))
    if current() is Language.KOREAN:
        return f"{year}년 {number}월"
    return f"{datetime.date(year, number, 1):%B} {year}"


@register.simple_tag
def meets_children() -> bool:
    """Whether somebody below the age of own consent can join when their guardian agrees."""
    return policy().document.body.children.minors is Minors.GUARDIAN


@register.filter
def month(at: datetime.date) -> str:
    """A month: ``2026년 11월``, in English ``Nov 2026``."""
    if current() is Language.KOREAN:
        return f"{at.year}년 {at.month}월"
    return f"{at:%b} {at.year}"


@register.filter
def stars(count: int) -> SafeString:
    """Up to five stars, said as a figure to who listens."""
    return _stars(count, str(count))


@register.simple_tag
def stars_of(tenths: int) -> SafeString:
    """An average in tenths, as the nearest number of whole stars, said exactly to who listens."""
    return _stars((tenths + 5) // 10, f"{tenths // 10}.{tenths % 10}")


def _stars(count: int, figure: str) -> SafeString:
    words = _("별 5개 가운데 %(figure)s개") % {"figure": figure}
    drawn = "★" * count + "☆" * (5 - count)
    return format_html('<span class="stars" role="img" aria-label="{}">{}</span>', words, drawn)


@register.simple_tag
def evidence(state: str) -> SafeString:
    """The mark of a sentence's state beside its words; readable without colour."""
    mark, words = EVIDENCE[state]
    return format_html(
        '<span class="evidence evidence-{}"><i aria-hidden="true">{}</i>{}</span>',
        state,
        mark,
        words,
    )


@register.simple_tag
def mall_facts() -> Mall:
    """Who runs the mall, from the policy in force."""
    return policy().document.body.mall


@register.simple_tag
def elsewhere() -> str:
    """Where else a person can turn who is not satisfied with an answer (P11.5)."""
    return remedies.elsewhere(policy().document.body, current())


@register.simple_tag
def age_of_consent() -> int:
    """From which age a person decides alone, in years, as the policy in force has it."""
    return policy().document.body.children.age


@register.simple_tag
def days_to_withdraw() -> int:
    """For how many days the buyer of goods can take the order back."""
    return withdrawal(policy()).days


@register.simple_tag
def payer_is_mailed() -> bool:
    """Whether who orders is written to: only if the policy in force asks for their address."""
    return bool(policy().having(RecordKind.ORDER_PAYER, [Item.EMAIL]))


@register.simple_tag
def shelves() -> tuple[Category, ...]:
    """The menu of categories in the language of the page, read again after :data:`KEPT_FOR`."""
    language, at = current(), time.monotonic()
    kept = _shelves.get(language)
    if kept is None or at - kept[0] > KEPT_FOR:
        kept = _shelves[language] = at, browse.categories(language)
    return kept[1]


def forget_shelves() -> None:
    """Read the menu anew at the next page; for tests and for the import of goods."""
    _shelves.clear()


@register.filter
def said(text: object) -> str:
    """A text of the policy in the language of the page."""
    words = getattr(text, "ko" if current() is Language.KOREAN else "en", None)
    return str(text if words is None else words)


@register.simple_tag(takes_context=True)
def in_language(context: RequestContext, code: str) -> str:
    """The address of this page in the language ``code``; a page made by a form leads to its start."""
    request = context["request"]
    here = request.get_full_path() if request.method == "GET" else request.path
    return translate_url(here, code)


@register.simple_tag
def must(required: bool) -> SafeString:  # noqa: FBT001 - a template passes it by place
    """Whether a field has to be filled, in words."""
    kind, words = ("must", _("필수")) if required else ("may", _("선택"))
    return format_html('<span class="{}">{}</span>', kind, words)


@register.filter
def item_word(item: str) -> str:
    """What an item is called on a page."""
    return item_name(Item(item), current())
