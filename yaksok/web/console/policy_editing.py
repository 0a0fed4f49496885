"""One table of a draft, or all of it, edited as a form or as text; nobody's work is written over."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yaksok.journeys import policy_drafts, policy_studio
from yaksok.journeys.gate_calls import asks
from yaksok.journeys.policy_drafts import Overwritten
from yaksok.kernel.errors import Invalid, NotFound
from yaksok.policy import in_force, table_fields, text_diff
from yaksok.policy.collecting import Posted, takes
from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.pages.shapes import RecordTable
from yaksok.policy.text import page
from yaksok.policy.toml_blocks import Block, replaced, split
from yaksok.policy.toml_edits import NotEditable
from yaksok.policy.vocabulary import Purpose
from yaksok.privacy.published.drafts import Draft
from yaksok.web import wording
from yaksok.web.console import policy_words
from yaksok.web.console.entering import acting
from yaksok.web.console.policy import Shown, address, around, editable, revision_of, studio, title
from yaksok.web.language import current
from yaksok.web.posted import UNPROCESSABLE, posted
from yaksok.web.session import PersonRequest

ONCE, OFTEN = table_fields.names()
FORM = "form"
"""What the button below the typed form says; the other one saves the text."""


@require_http_methods(["GET", "HEAD", "POST"])
@studio
@takes(
    Text(ko="처리방침 초안의 표 고치기 (콘솔)", en="Editing a table of the policy (console)"),
    fields=ONCE | {"act", "revision", "text"},
    many=OFTEN,
)
def table(request: PersonRequest, draft_id: UUID, name: str) -> HttpResponse:
    """A table of the draft as a form and as text, beside what it means and which promises rest on it."""
    found = policy_drafts.read(acting(request), draft_id)
    if request.method != "POST":
        return _table(request, found, editable(found, name))
    fields = posted(request)
    block = _present(found, name)
    try:
        mine = _mine(block, fields)
    except (Invalid, NotEditable) as wrong:
        problem = _problem(wrong)
        return _table(request, found, block, problem=problem, text=fields.get("text", ""))
    source = replaced(found.source, block.number, mine) if block.text else found.source + mine
    try:
        saved = policy_drafts.save(acting(request), draft_id, source, revision=revision_of(fields))
    except Overwritten as other:
        return _table(request, other.now, _present(other.now, name), text=mine, overwritten=True)
    return HttpResponseRedirect(_place(saved, block))


@require_http_methods(["GET", "HEAD", "POST"])
@studio
@takes(
    Text(ko="처리방침 초안 전체 고치기 (콘솔)", en="Editing the whole policy draft (console)"),
    fields=frozenset({"revision", "source"}),
)
def whole(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """The whole document as text."""
    found = policy_drafts.read(acting(request), draft_id)
    if request.method != "POST":
        return _whole(request, found, found.source)
    fields = posted(request)
    mine = policy_drafts.plain(fields.get("source", ""))
    try:
        policy_drafts.save(acting(request), draft_id, mine, revision=revision_of(fields))
    except Overwritten as other:
        return _whole(request, other.now, mine, overwritten=True)
    except Invalid as wrong:
        return _whole(request, found, mine, problem=_problem(wrong))
    return HttpResponseRedirect(reverse("console:policy_draft", args=[draft_id]) + "?done=saved")


@require_POST
@studio
@takes(
    Text(ko="공지된 판 받아들이기 (콘솔)", en="Taking a published version in (console)"),
    fields=frozenset({"revision"}),
)
def catch_up(request: PersonRequest, draft_id: UUID) -> HttpResponse:
    """Take in what was published meanwhile; tables that both changed are named."""
    there = reverse("console:policy_draft", args=[draft_id])
    try:
        revision = revision_of(posted(request))
        clashes = policy_drafts.catch_up(acting(request), draft_id, revision=revision)
    except Overwritten:
        return HttpResponseRedirect(there)
    return HttpResponseRedirect(f"{there}?done=caught-up&clashes={','.join(clashes)}")


def _table(
    request: PersonRequest,
    found: Draft,
    block: Block,
    *,
    text: str | None = None,
    problem: str = "",
    overwritten: bool = False,
) -> HttpResponse:
    policy = policy_studio.readable(found)
    shown = around(request) | {
        "draft": found,
        "block": block,
        "title": title(block),
        "address": address(block),
        "rows": _rows(block, policy or in_force.policy()),
        "text": text if text is not None else block.text.rstrip(),
        "problem": problem,
        "overwritten": overwritten,
        "theirs": text_diff.lines(block.text.rstrip(), (text or "").rstrip())
        if overwritten
        else (),
        "promises": [
            (one, one.text[current()]) for one in policy_studio.promises(block.path, of=policy)
        ],
        "records": _records(block, policy),
        "uses": _uses(block),
    }
    status = UNPROCESSABLE if problem or overwritten else 200
    return render(request, "console/policy_table.html", shown, status=status)


def _whole(
    request: PersonRequest, found: Draft, text: str, *, overwritten: bool = False, problem: str = ""
) -> HttpResponse:
    shown = around(request) | {
        "draft": found,
        "text": text,
        "overwritten": overwritten,
        "problem": problem,
        "theirs": text_diff.lines(found.source, text) if overwritten else (),
        "lines": text.count("\n") + 1,
    }
    status = UNPROCESSABLE if problem or overwritten else 200
    return render(request, "console/policy_whole.html", shown, status=status)


def _mine(block: Block, fields: Posted) -> str:
    """The block as it was sent: from the form's fields, or as text."""
    if fields.get("act") != FORM:
        return policy_drafts.plain(fields.get("text", ""))
    return table_fields.written(block, fields, {name: fields.every(name) for name in OFTEN})


def _present(found: Draft, name: str) -> Block:
    """The block, or an empty one at the end when somebody took it out meanwhile."""
    try:
        return editable(found, name)
    except NotFound:
        blocks = split(found.source)
        return Block(len(blocks), name, None, found.source.count("\n") + 1, "")


def _rows(block: Block, policy: Policy) -> list[Shown]:
    return [
        {
            "field": one,
            "key": policy_words.key(one),
            "language": one.path[-1] if one.kind == "words" else "",
            "choices": policy_words.choices(one, policy),
        }
        for one in table_fields.fields(block)
    ]


def _records(block: Block, policy: Policy | None) -> list[RecordTable]:
    """What the page will say of the record that the table is about."""
    if policy is None or block.path[:1] != ("records",):
        return []
    return [one for one in page(policy, current()).records if one.kind.value == block.path[1]]


def _uses(block: Block) -> list[tuple[str, str]]:
    """The journeys that use data for the purpose that the table declares."""
    if block.path[:1] != ("purposes",) or len(block.path) != 2 or block.path[1] not in set(Purpose):  # noqa: PLR2004 - purposes.NAME
        return []
    one = Purpose(str(block.path[1]))
    found = {ask.journey: ask for ask in asks() if ask.purposes and one in ask.purposes}
    return [(wording.said(policy_words.JOURNEYS, journey), journey) for journey in sorted(found)]


def _place(saved: Draft, block: Block) -> str:
    there = reverse("console:policy_draft", args=[saved.id])
    return f"{there}?done=saved#b-{block.number}"


def _problem(wrong: Invalid | NotEditable) -> str:
    if isinstance(wrong, NotEditable):
        return _("이 표는 지금 TOML로 읽을 수 없어요. 아래 글에서 먼저 바로잡아 주세요.")
    keys = ", ".join(str(key).removeprefix(table_fields.PREFIX) for key in wrong.problems)
    return _("숫자나 날짜를 읽을 수 없어요: %(keys)s") % {"keys": keys}
