"""What a draft would do, in words, and the button that publishes it."""

import datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yaksok.journeys import board, policy_drafts, policy_studio
from yaksok.journeys.policy_drafts import Overwritten, Words
from yaksok.journeys.policy_studio import Check
from yaksok.journeys.publish import Overtaken, Simulation, Unlawful
from yaksok.kernel.errors import Invalid, Throttled
from yaksok.policy.collecting import Posted, takes
from yaksok.policy.document import DocumentError
from yaksok.policy.entries import Text
from yaksok.policy.fields import Unfit
from yaksok.policy.lints.finding import Severity
from yaksok.policy.toml_edits import NotEditable
from yaksok.policy.vocabulary import Item, RecordKind
from yaksok.policy.wording_diff import passages, summary
from yaksok.web.console import policy_words
from yaksok.web.console.entering import acting
from yaksok.web.console.policy import Shown, address, around, back, revision_of, studio
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

PUBLISH = "publish"
"""What the button says that publishes; the other one writes the words into the draft and looks again."""


@require_http_methods(["GET", "HEAD", "POST"])
@studio
@takes(
    Text(ko="처리방침 공지 (콘솔)", en="Publishing the policy (console)"),
    compared={"totp": (RecordKind.STAFF_ACCOUNT, Item.TOTP_SECRET)},
    fields=frozenset({"act", "changes_en", "changes_ko", "effective", "revision", "version"}),
)
def check(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """The draft before the law, the code and the members; from here it is published."""
    if request.method != "POST":
        return _shown(request, draft_id)
    fields = posted(request)
    try:
        return _done(request, draft_id, fields)
    except (
        DocumentError,
        Invalid,
        NotEditable,
        Overtaken,
        Overwritten,
        Throttled,
        Unfit,
        Unlawful,
    ) as error:
        return _shown(request, draft_id, fields, problem=_problem(error))


def _done(request: PersonRequest, draft_id: UUID, fields: Posted) -> HttpResponse:
    actor, words, revision = acting(request), _words(fields), revision_of(fields)
    if fields.get("act") != PUBLISH:
        policy_drafts.say(actor, draft_id, words, revision=revision)
        return HttpResponseRedirect(reverse("console:policy_check", args=[draft_id]))
    code = fields.get("totp", "")
    policy_drafts.publish(actor, draft_id, words, revision=revision, code=code, language=current())
    return back("published")


def _shown(
    request: PersonRequest, draft_id: UUID, fields: Posted | None = None, problem: str = ""
) -> HttpResponse:
    found = policy_studio.check(acting(request), draft_id, current())
    shown = around(request) | {
        "found": found,
        "draft": found.draft,
        "problem": problem,
        "fault_address": address(found.fault_at) if found.fault_at else "",
        "behind": policy_drafts.behind(acting(request), found.draft),
    }
    if found.simulation:
        shown |= _impact(found, found.simulation) | _form(found.simulation, fields)
    status = UNPROCESSABLE if problem else 200
    return render(request, "console/policy_check.html", shown, status=status)


def _impact(found: Check, simulation: Simulation) -> Shown:
    changes, before = simulation.impact, simulation.before
    notice = found.notice
    looks = [
        (code, title, board.parts(body))
        for code, title, body in (
            ("ko", notice.title.ko, notice.body.ko),
            ("en", notice.title.en, notice.body.en),
        )
    ] if notice else []  # fmt: skip
    return {
        "simulation": simulation,
        "impact": changes,
        "members": f"{simulation.members:,}",
        "questions": f"{simulation.members * len(changes.points):,}",
        "points": [
            (one.words.in_(current()), one.words.in_(policy_words.other(current())))
            for one in changes.points
        ],
        "other": policy_words.other(current()).value,
        "findings": [(one, address(one.block) if one.block else "") for one in found.findings],
        "errors": sum(one.finding.severity is Severity.ERROR for one in found.findings),
        "stops": policy_words.stopping(found.stops, before),
        "ended": policy_words.ended(changes.ended, before),
        "forms": policy_words.forms(changes),
        "periods": policy_words.periods(changes, before),
        "looks": looks,
        "notice_faults": sorted((notice.faults() if notice else {}).items()),
        "passages": [one for one in passages(found.changes) if not one.same],
        "summary": summary(found.changes),
    }


def _form(simulation: Simulation, fields: Posted | None) -> Shown:
    """What the form below holds: what was typed, else what the draft says, from the first day that may be."""
    body = simulation.document.body
    said = body.changes or Text(ko="", en="")
    day = max(body.effective, simulation.earliest)
    name = body.version if body.version != f"{body.effective}" else policy_drafts.unused(day)
    values = {
        "effective": f"{day}",
        "version": name,
        "changes_ko": said.ko,
        "changes_en": said.en,
    }
    typed = {name: fields[name] for name in values if fields and name in fields}
    return {"values": values | typed, "earliest": simulation.earliest}


def _words(fields: Posted) -> Words:
    try:
        day = datetime.date.fromisoformat(fields.get("effective", "").strip())
    except ValueError:
        raise Invalid({"effective": _("시행일을 2027-01-01처럼 적어 주세요.")}) from None
    changes = Text(ko=fields.get("changes_ko", ""), en=fields.get("changes_en", ""))
    return Words(fields.get("version", ""), day, changes)


def _problem(error: Exception) -> str:
    match error:
        case Overtaken():
            return _(
                "그사이 제%(number)d판이 공지되었어요. 그 판을 보고 초안에 받아들인 뒤에 공지해 주세요."
            ) % {"number": error.number}
        case Overwritten():
            return _(
                "그사이 다른 사람이 이 초안을 저장했어요. 아래는 지금의 초안이에요. 다시 살펴보고 공지해 주세요."
            )
        case Unlawful():
            return _("법에 어긋나는 곳이 있어 공지하지 않았어요. 아래에서 고칠 곳을 확인해 주세요.")
        case DocumentError():
            return f"{error.key}: {error.fault}. {error.cure}"
        case NotEditable():
            return _("문서의 머리를 TOML로 읽을 수 없어요. 전체 글에서 먼저 바로잡아 주세요.")
        case Invalid():
            return " ".join(str(text) for text in error.problems.values())
        case Throttled():
            return _("숫자를 여러 번 잘못 적었어요. %(minutes)d분 뒤에 다시 해 주세요.") % {
                "minutes": error.retry_after // 60 + 1
            }
        case Unfit():
            return error.text.in_(current())
    return str(error)
