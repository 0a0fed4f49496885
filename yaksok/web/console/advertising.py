"""Advertising at the console: it is written, looked at with its numbers, sent; and the register of consents."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yaksok.journeys import ad_words, advertise, marketing_register
from yaksok.kernel import clock
from yaksok.kernel.errors import Invalid
from yaksok.kernel.ids import new_id
from yaksok.mall.board.cleaning import TITLE_MAX
from yaksok.mall.campaigns.book import Campaign
from yaksok.policy.collecting import takes
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Language
from yaksok.web.admission import staff_only
from yaksok.web.console import ad_showing, showing
from yaksok.web.console.entering import acting, untrained
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

LONGEST = {
    "title_ko": TITLE_MAX,
    "body_ko": ad_words.LONGEST_BODY,
    "title_en": TITLE_MAX,
    "body_en": ad_words.LONGEST_BODY,
}
"""The words that are asked, and how long they may be."""
ASKED = frozenset(ad_showing.LABELS)
ACTS = {"schedule": advertise.schedule, "stop": advertise.stop}


@require_safe
@staff_only
def every(request: PersonRequest) -> HttpResponse:
    """All advertisements, newest first."""
    actor = acting(request)
    shown = {
        "here": "advertising",
        "listed": [ad_showing.line(one, actor) for one in advertise.every(actor)],
        "may_write": advertise.may_write(actor),
        "role_label": showing.role(actor),
    }
    return render(request, "console/ads.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="광고 쓰기 (콘솔)", en="Writing an advertisement (console)"), fields=ASKED | {"draft"}
)
def write(request: PersonRequest) -> HttpResponse:
    """The form for a new advertisement; posted, a look at it."""
    draft = posted(request).get("draft", "") if request.method == "POST" else ""
    return _written(request, _uuid(draft) or new_id(), {})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
@takes(
    Text(ko="광고 고치기 (콘솔)", en="Changing an advertisement (console)"),
    fields=ASKED | {"draft"},
)
def edit(request: PersonRequest, campaign_id: UUID) -> HttpResponse:
    """The same form with the words of a draft."""
    found = advertise.one(campaign_id, actor=acting(request))
    return _written(request, campaign_id, ad_showing.values(found))


@require_safe
@staff_only
def one(request: PersonRequest, campaign_id: UUID) -> HttpResponse:
    """An advertisement as it leaves, how many it would reach, or how it went."""
    actor = acting(request)
    found = advertise.one(campaign_id, actor=actor)
    looks = ad_words.looks(found.words)
    shown = {
        "here": "advertising",
        "one": ad_showing.line(found, actor),
        "looks": [(one, *looks[one]) for one in (Language.KOREAN, Language.ENGLISH)],
        "may_write": advertise.may_write(actor),
        "role_label": showing.role(actor),
        **_numbers(found, request),
    }
    return render(request, "console/ad.html", shown)


@require_POST
@staff_only
@takes(
    Text(ko="광고 보내기 (콘솔)", en="Sending an advertisement (console)"),
    fields=frozenset({"act"}),
)
def act(request: PersonRequest, campaign_id: UUID) -> HttpResponse:
    """Schedule it, or stop it."""
    chosen = ACTS.get(posted(request).get("act", ""))
    if chosen is not None:
        chosen(campaign_id, actor=acting(request))
    return HttpResponseRedirect(reverse("console:ad", args=[campaign_id]))


@require_safe
@staff_only
def consents(request: PersonRequest) -> HttpResponse:
    """광고 수신동의 대장: how many gave each consent, and every answer by its number alone."""
    actor = acting(request)
    found = marketing_register.view(actor, before=_uuid(request.GET.get("before", "")))
    shown = {
        "here": "ad_consents",
        "figures": [ad_showing.figures(each) for each in found.figures],
        "answers": [ad_showing.answer(each) for each in found.lines],
        "older": found.lines[-1].id if found.more else "",
        "role_label": showing.role(actor),
    }
    return render(request, "console/ad_consents.html", shown)


def _written(request: PersonRequest, id_: UUID, values: Mapping[str, str]) -> HttpResponse:
    actor = acting(request)
    if actor.role in advertise.WRITERS and not actor.trained:
        return untrained(request, actor)
    advertise.refuse_unless_writer(actor)
    if request.method != "POST":
        return _form(request, id_, values or ad_showing.blank(_next_hour()))
    fields = posted(request)
    try:
        words = ad_words.read(fields, current())
    except Invalid as error:
        return _form(request, id_, fields, error.problems)
    advertise.save(id_, words, actor=actor)
    return HttpResponseRedirect(reverse("console:ad", args=[id_]))


def _form(
    request: PersonRequest,
    id_: UUID,
    values: Mapping[str, str],
    problems: Mapping[str, str] | None = None,
) -> HttpResponse:
    wrong = problems or {}
    shown = {
        "here": "advertising",
        "draft": id_,
        "rows": [
            {
                "name": name,
                "label": ad_showing.LABELS[name],
                "longest": longest,
                "value": values.get(name, ""),
                "problem": wrong.get(name, ""),
            }
            for name, longest in LONGEST.items()
        ],
        "values": values,
        "problems": wrong,
        "wrong": [(n, ad_showing.LABELS[n], said) for n, said in wrong.items()],
        "channels": ad_showing.channels(values.get("channel", "")),
        "zone": advertise.zone(),
        "most_goods": ad_words.MOST_GOODS,
        "role_label": showing.role(acting(request)),
    }
    status = UNPROCESSABLE if wrong else HTTPStatus.OK
    return render(request, "console/ad_write.html", shown, status=status)


def _numbers(found: Campaign, request: PersonRequest) -> dict[str, object]:
    actor = acting(request)
    if found.ended_at is None and not found.queued:
        audience = advertise.audience(found.words, actor=actor)
        return {
            "reached": ad_showing.count(audience.reached),
            "left_out": ad_showing.reasons(audience.left_out),
        }
    sent = advertise.how_it_went(found, actor=actor)
    return {
        "queued": ad_showing.count(sent.queued),
        "left_out": ad_showing.reasons(sent.left_out),
        "outcomes": ad_showing.outcomes(sent.outcomes),
    }


def _next_hour() -> str:
    here = clock.now().astimezone(ZoneInfo(advertise.zone()))
    return (
        f"{datetime(here.year, here.month, here.day, here.hour, tzinfo=here.tzinfo):%Y-%m-%dT%H:%M}"
    )


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said[:36])
    except ValueError:
        return None
