"""What the privacy officer looks at: versions with their campaigns, and what a draft would do."""

from dataclasses import dataclass
from uuid import UUID

from msgspec import structs

from yaksok.database.roles import keeper
from yaksok.journeys import policy_drafts, publish
from yaksok.journeys.gate_calls import Stop, stopped
from yaksok.journeys.policy_notice import PolicyNotice, notice
from yaksok.journeys.policy_versions import VersionRow, versions
from yaksok.journeys.publish import Simulation
from yaksok.kernel.actor import Actor
from yaksok.policy import in_force, text
from yaksok.policy.behind import behind
from yaksok.policy.compile import Policy
from yaksok.policy.document import DocumentError, parse
from yaksok.policy.entries import Text
from yaksok.policy.impact import question
from yaksok.policy.lints.finding import Finding
from yaksok.policy.lints.run import lint
from yaksok.policy.pages.plain import plain
from yaksok.policy.places import Path
from yaksok.policy.promises import Promise, all_promises
from yaksok.policy.toml_blocks import Block, at_line, split, within
from yaksok.policy.vocabulary import Language
from yaksok.policy.wording_diff import Change, diff
from yaksok.privacy.consent import campaigns
from yaksok.privacy.consent.campaigns import Tally
from yaksok.privacy.published import obeying, register
from yaksok.privacy.published.drafts import Draft

WORDS_ASKED_BELOW = "L-VERSION"
"""Asks for a name, a day and words that the officer writes when they publish; then it is applied."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A version that is in force or to come, and how the questions that it put stand."""

    row: VersionRow
    tallies: tuple[tuple[Tally, Text], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The studio's first page. ``findings`` are those of the version published last."""

    campaigns: tuple[Campaign, ...]
    earlier: tuple[VersionRow, ...]
    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding, and the table in which it stands; None for a sentence of the policy."""

    finding: Finding
    line: int
    block: Block | None


@dataclass(frozen=True, slots=True)
class Check:
    """What would follow if the draft were published now.

    ``fault`` says why it cannot be read at all, and ``fault_at`` in which table; then the rest is
    empty. ``changes`` are those of the policy page in the language that was asked for.
    """

    draft: Draft
    fault: DocumentError | None
    fault_at: Block | None
    simulation: Simulation | None = None
    findings: tuple[Placed, ...] = ()
    stops: tuple[Stop, ...] = ()
    changes: tuple[Change, ...] = ()
    notice: PolicyNotice | None = None


def overview(actor: Actor) -> Overview:
    """Everything about the policy at one look. Refuses who is neither officer nor auditor."""
    drafts = policy_drafts.every(actor)
    rows = versions()
    current = [row for row in rows if row.state != "past"]
    with keeper():
        standing = tuple(Campaign(row, _tallies(row)) for row in current)
        latest = register.latest()
    findings = lint(parse(latest.source)) if latest else ()
    earlier = tuple(row for row in rows if row.state == "past")
    return Overview(standing, earlier, drafts, findings)


def check(actor: Actor, id_: UUID, language: Language) -> Check:
    """Hold the draft against the law, the code and the members, and change nothing.

    Raises:
        NotFound: there is no such draft.

    Refuses:
        Refused: the actor is neither the trained officer nor an auditor.

    Cost:
        Some 0.1 s; members are counted in the database.
    """
    draft = policy_drafts.read(actor, id_)
    blocks = split(draft.source)
    try:
        found = publish.simulate(draft.source)
    except DocumentError as error:
        return Check(draft, error, at_line(blocks, error.line))
    told = [one for one in found.findings if one.rule != WORDS_ASKED_BELOW]
    day = max(found.after.effective, found.earliest)
    pages = (plain(text.page(policy, language)) for policy in (found.before, found.after))
    return Check(
        draft,
        None,
        None,
        simulation=found,
        findings=tuple(_placed(one, found, blocks) for one in told),
        stops=stopped(found.before, found.after),
        changes=diff(*pages),
        notice=notice(structs.replace(found.after, effective=day), found.impact),
    )


def promises(path: Path, *, of: Policy | None = None) -> tuple[Promise, ...]:
    """The sentences that rest on the table at ``path``, with rule, proof and probe."""
    with keeper():
        policy = of or in_force.policy()
    wanted = set(behind(policy, path))
    return tuple(one for one in all_promises(policy) if one.id in wanted)


def readable(draft: Draft) -> Policy | None:
    """The policy that ``draft`` makes; None as long as it cannot be read."""
    try:
        with keeper():
            return publish.simulate(draft.source).after
    except DocumentError:
        return None


def base_of(draft: Draft) -> str:
    """The text of the version from which ``draft`` began."""
    with keeper():
        version = register.version(draft.base)
    return version.source if version else in_force.policy().document.source


def _tallies(row: VersionRow) -> tuple[tuple[Tally, Text], ...]:
    found = campaigns.tallies(row.number)
    policy = obeying.compiled(row.number) if found else None
    return tuple((one, question(policy, one.point)) for one in found if policy)


def _placed(finding: Finding, found: Simulation, blocks: tuple[Block, ...]) -> Placed:
    sentence = finding.keys[0] == "profile" and len(finding.keys) > 1
    block = None if sentence else within(blocks, finding.keys)
    return Placed(finding, finding.line(found.document), block)
