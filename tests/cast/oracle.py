"""The decision once more, slow and plain: read from the documents as people wrote them, line by line.

Nothing here looks at a compiled table or at a lineage. What is newer than somebody's consent is found
by leafing through every version that was ever published.
"""

from yaksok.kernel.actor import Role
from yaksok.policy.decide import Facts, Request
from yaksok.policy.entries import Body, Grant, Record
from yaksok.policy.vocabulary import Action, AgeClass, Held, Item, Minors, Purpose, RecordKind

OUTSIDE_CONSENT = {
    Purpose.LEGAL_DEMAND,
    Purpose.RIGHTS,
    Purpose.SECURITY,
    Purpose.STAFF_AUTHENTICATION,
    Purpose.STATUTORY_RECORD,
}
"""A person's own rights, the work of proving staff, and what a law orders: no consent rules these."""

HANDLERS = {Role.AUDITOR, Role.CLERK, Role.MARKETER, Role.OFFICER}


def permits(history: tuple[Body, ...], request: Request, facts: Facts) -> bool:
    """Whether the last of the published documents lets ``request`` through."""
    body = history[-1]
    record = body.records.get(request.kind)
    if record is None:
        return False
    grants = [g for g in (*record.grants, *demanded(body, request)) if answers(g, request)]
    return any(grant_permits(history, record, grant, request, facts) for grant in grants)


def demanded(body: Body, request: Request) -> list[Grant]:
    """What the document lets an officer open because a law demands it."""
    demands = body.legal_demands
    if demands is None or request.kind not in demands.reach:
        return []
    items = demands.reach[request.kind]
    return [Grant((Role.OFFICER,), (Action.OPEN,), (Purpose.LEGAL_DEMAND,), items)]


def answers(grant: Grant, request: Request) -> bool:
    """Whether ``grant`` speaks of this role, act, purpose and recipient."""
    return (
        request.actor.role in grant.roles
        and request.action in grant.actions
        and request.purpose in grant.purposes
        and request.recipient == grant.recipient
    )


def grant_permits(
    history: tuple[Body, ...], record: Record, grant: Grant, request: Request, facts: Facts
) -> bool:
    """Whether ``grant`` lets ``request`` through."""
    actor = request.actor
    if actor.role in HANDLERS and not actor.trained:
        return False
    if grant.own and (actor.subject is None or actor.subject != request.subject):
        return False
    if grant.ward and (actor.subject is None or actor.subject != facts.guardian):
        return False
    if request.action is Action.ERASE:
        return all(is_sealed(record, item) for item in request.items)
    if not request.items:
        return False
    if not fits_the_age(history[-1], record, grant, request, facts):
        return False
    if request.purpose is Purpose.ADVERTISING and "beyond_scope" in facts.refusals:
        return False
    if any(name not in facts.consents or name in facts.lapsed for name in request.also):
        return False
    given = request.action is not Action.DISCLOSE or may_be_given(history[-1], request, facts)
    return given and all(
        item_permits(history, record, grant, request, facts, item) for item in request.items
    )


def fits_the_age(body: Body, record: Record, grant: Grant, request: Request, facts: Facts) -> bool:
    """Whether a person of this age is advertised to, gives this record, or changes it."""
    if facts.age is AgeClass.ADULT:
        return True
    if request.purpose is Purpose.ADVERTISING:
        return False
    if not record.adults_only:
        return True
    if request.action is Action.AMEND:
        return grant.ward
    if request.action is not Action.SEAL:
        return True
    met = body.children.minors is Minors.GUARDIAN
    allowed = facts.age is AgeClass.CHILD and facts.guardian is not None
    return met and record.guarded and allowed


def is_sealed(record: Record, item: Item) -> bool:
    """Whether ``item`` of the record lies in the vault."""
    return item in record.items and record.items[item].held is Held.SEALED


def may_be_given(body: Body, request: Request, facts: Facts) -> bool:
    """Whether the person lets this recipient have anything at all."""
    if facts.age is not AgeClass.ADULT:
        return False
    third = body.recipients[request.recipient or ""]
    this = f"disclose:{request.recipient}"
    if this in facts.refusals:
        return False
    if third.without_consent is not None:
        return True
    return this in facts.consents and "disclose" not in facts.refusals


def item_permits(
    history: tuple[Body, ...],
    record: Record,
    grant: Grant,
    request: Request,
    facts: Facts,
    item: Item,
) -> bool:
    """Whether one item may be used as ``request`` says, by ``grant``."""
    if not is_sealed(record, item) or item not in grant.items:
        return False
    handing_over = request.action is Action.DISCLOSE
    if handing_over:
        third = history[-1].recipients[request.recipient or ""]
        inside_another = (item is Item.POSTCODE and Item.ADDRESS in third.items) or (
            item is Item.SAFE_NUMBER and Item.PHONE in third.items
        )
        if item not in third.items and not inside_another:
            return False
    ruled_by_consent = handing_over or request.purpose not in OUTSIDE_CONSENT
    if ruled_by_consent and facts.restricted:
        return False
    by_right = request.purpose in {Purpose.LEGAL_DEMAND, Purpose.RIGHTS}
    if (
        record.consent
        and not handing_over
        and not by_right
        and record.consent not in facts.consents
    ):
        return False
    asked_apart = record.items[item].consent
    giving = request.action in {Action.AMEND, Action.SEAL}
    if asked_apart and (ruled_by_consent or giving) and asked_apart not in facts.consents:
        return False
    if not ruled_by_consent:
        return True
    if asked_apart in facts.lapsed:
        return False
    point = came_with(history, request, item, by_themself=grant.own or grant.ward)
    if point is None:
        return True
    agreed = point in facts.consents and point not in facts.refusals
    return agreed and "beyond_scope" not in facts.refusals


def came_with(
    history: tuple[Body, ...], request: Request, item: Item, *, by_themself: bool
) -> str | None:
    """The change by which ``item`` came to be used like this; None when it always was.

    None too for a recipient about whom nobody is ever asked (P4.10): only the document says what it gets.
    """
    given_to = history[-1].recipients.get(request.recipient or "")
    if given_to is not None and given_to.without_consent is not None:
        return None
    since = len(history) - 1
    while since > 0:
        before, after = history[since - 1], history[since]
        if not was_so_before(before, after, request, item, by_themself=by_themself):
            break
        since -= 1
    if since == 0:
        return None
    if by_themself and was_so_before(before, after, request, item, by_themself=False):
        return came_with(history[:since], request, item, by_themself=False)
    if request.recipient is None:
        return f"change:{history[since].version}/purpose:{request.purpose}"
    return f"change:{history[since].version}/recipient:{request.recipient}"


def was_so_before(
    before: Body, after: Body, request: Request, item: Item, *, by_themself: bool
) -> bool:
    """Whether people who were asked by ``before`` had been told of this use as ``after`` has it."""
    record = before.records.get(request.kind)
    if record is None or item not in record.items:
        return False
    if not consents_for(before, request.kind, item) <= consents_for(after, request.kind, item):
        return False
    if request.recipient is not None:
        return was_given_before(before, after, request, item)
    return any(
        request.purpose in old.purposes
        and item in old.items
        and old.recipient is None
        and set(old.actions) != {Action.ERASE}
        and by_themself is (old.own or old.ward)
        for old in record.grants
    )


def was_given_before(before: Body, after: Body, request: Request, item: Item) -> bool:
    """Whether the same company got ``item`` for the same end already."""
    name = request.recipient or ""
    is_now = after.recipients[name]
    was = before.recipients.get(name)
    if was is None or was.without_consent is not None:
        return False
    same = all(
        getattr(was, said) == getattr(is_now, said)
        for said in ("company", "purpose", "keeps", "country")
    )
    given = any(
        old.recipient == name and item in old.items for old in before.records[request.kind].grants
    )
    return same and given


def consents_for(body: Body, kind: RecordKind, item: Item) -> set[str]:
    """What a person must have agreed to before ``item`` is used."""
    record = body.records.get(kind)
    if record is None or item not in record.items:
        return set()
    return {name for name in (record.consent, record.items[item].consent) if name}
