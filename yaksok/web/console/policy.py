"""The policy studio: what is in force and to come, and the drafts. For the officer; the auditor reads."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from yaksok.journeys import policy_drafts, policy_studio
from yaksok.kernel import clock
from yaksok.kernel.actor import Role
from yaksok.kernel.errors import NotFound
from yaksok.policy import text_diff
from yaksok.policy.collecting import Posted, takes
from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Severity
from yaksok.policy.toml_blocks import Block, split
from yaksok.privacy.published.drafts import Draft
from yaksok.web.admission import staff_only
from yaksok.web.console import showing
from yaksok.web.console.entering import acting, untrained
from yaksok.web.posted import posted
from yaksok.web.session import PersonRequest

P = ParamSpec("P")
View = Callable[Concatenate[PersonRequest, P], HttpResponse]
Shown = dict[str, object]

ROOT = "-"
"""How an address calls what stands before the first table."""

DONE = {
    "published": gettext_lazy(
        "공지했어요. 공지사항에 올랐고, 물을 것이 있으면 회원 모두에게 물었어요."
    ),
    "saved": gettext_lazy("저장했어요."),
    "gone": gettext_lazy("그 초안은 이제 없어요. 이미 공지했거나 버린 초안이에요."),
    "discarded": gettext_lazy("초안을 버렸어요."),
    "caught-up": gettext_lazy("그사이 공지된 판을 초안에 받아들였어요."),
}


def studio(view: View[P]) -> View[P]:
    """The view for the officer with current training and for auditors; staff without it are told why."""

    @staff_only
    @wraps(view)
    def entered(request: PersonRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = acting(request)
        if actor.role is Role.OFFICER and not policy_drafts.may_read(actor):
            return untrained(request, actor)
        policy_drafts.refuse_unless_reader(actor)
        try:
            return view(request, *args, **kwargs)
        except NotFound:
            return back("gone")

    return entered


def around(request: PersonRequest) -> Shown:
    """What every page of the studio needs."""
    actor = acting(request)
    return {
        "here": "policy",
        "role_label": showing.role(actor),
        "may_edit": policy_drafts.may_edit(actor),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }


def back(done: str) -> HttpResponse:
    """To the first page of the studio, which says what was done."""
    return HttpResponseRedirect(f"{reverse('console:policy')}?done={done}")


@require_safe
@studio
def overview(request: PersonRequest) -> HttpResponse:
    """Versions in force and to come with their campaigns, drafts, and what the linter says."""
    found = policy_studio.overview(acting(request))
    latest = max((one.row.number for one in found.campaigns), default=0)
    errors = sum(one.severity is Severity.ERROR for one in found.findings)
    shown = around(request) | {
        "found": found,
        "errors": errors,
        "warnings": len(found.findings) - errors,
        "drafts": [_row(one, latest) for one in found.drafts],
    }
    return render(request, "console/policy.html", shown)


@require_POST
@studio
@takes(
    Text(ko="처리방침 초안 시작 (콘솔)", en="Beginning a policy draft (console)"),
    fields=frozenset({"number"}),
)
def begin(request: PersonRequest) -> HttpResponse:
    """A draft from the latest version, or with the words of an earlier one."""
    draft = policy_drafts.begin(acting(request), _number(posted(request).get("number", "")))
    return HttpResponseRedirect(reverse("console:policy_draft", args=[draft]))


@require_POST
@studio
@takes(Text(ko="처리방침 초안 버리기 (콘솔)", en="Throwing a policy draft away (console)"))
def discard(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """The draft is no more."""
    policy_drafts.discard(acting(request), draft_id)
    return back("discarded")


@require_safe
@studio
def draft(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """The draft, table by table, and what of it differs from the version it began from."""
    actor = acting(request)
    found = policy_drafts.read(actor, draft_id)
    was = {one.name: one.text for one in split(policy_studio.base_of(found))}
    blocks = [(one, address(one), _differs(one, was)) for one in split(found.source)]
    names = {one.name for one, *_rest in blocks}
    behind = policy_drafts.behind(actor, found)
    shown = around(request) | {
        "draft": found,
        "blocks": blocks,
        "gone": [name for name in was if name not in names],
        "changed": sum(bool(lines) for *_rest, lines in blocks),
        "behind": behind,
        "theirs": text_diff.lines(behind.base, behind.latest) if behind else (),
        "clashes": [name for name in request.GET.get("clashes", "").split(",") if name],
    }
    return render(request, "console/policy_draft.html", shown)


def address(block: Block) -> str:
    """The page on which ``block`` is edited, below that of its draft."""
    return quote(block.name or ROOT, safe=".")


def editable(found: Draft, name: str) -> Block:
    """The block of ``found`` that an address calls ``name``. Raises NotFound."""
    wanted = "" if name == ROOT else name
    for one in split(found.source):
        if one.name == wanted:
            return one
    raise NotFound


def revision_of(fields: Posted) -> int:
    """Which revision of a draft a form began from; 0, which none has, if it does not say."""
    return _number(fields.get("revision", "")) or 0


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None  # noqa: PLR2004 - digits


def _row(one: Draft, latest: int) -> tuple[Draft, str, str, bool]:
    """A draft, when it was saved, how long ago, and whether a version has overtaken it."""
    saved = one.edited_at
    return one, showing.short(saved), _ago(clock.now() - saved), one.base != latest


def _ago(since: timedelta) -> str:
    if since < timedelta(hours=1):
        return _("한 시간 안")
    return _("%(age)s 전") % {"age": showing.age(since)}


def _differs(block: Block, was: dict[str, str]) -> tuple[text_diff.Line, ...]:
    return text_diff.lines(was.get(block.name, "").strip(), block.text.strip())


def title(block: Block) -> str:
    """What a block is called on a page."""
    return block.name or _("문서의 머리")
