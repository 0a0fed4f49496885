"""Ask the policy, and write down a no so that it outlives the transaction it stopped."""

from collections.abc import Iterable
from uuid import UUID

from yaksok.database import roles
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Refused
from yaksok.kernel.ids import SubjectId
from yaksok.policy.decide import Facts, Refusal, Request, decide
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, Item, Purpose, RecordKind
from yaksok.privacy.audit import log
from yaksok.privacy.audit.events import Event


def request_for(
    action: Action,
    kind: RecordKind,
    items: Iterable[Item],
    *,
    purpose: Purpose,
    actor: Actor,
    subject: SubjectId | None,
    recipient: str | None = None,
    also: frozenset[str] = frozenset(),
) -> Request:
    """The question as the policy takes it."""
    return Request(
        action=action,
        kind=kind,
        items=frozenset(items),
        purpose=purpose,
        actor=actor,
        subject=subject,
        recipient=recipient,
        also=also,
    )


def permitted(request: Request, facts: Facts, trail: UUID | None) -> str:
    """The promise by which the policy permits ``request``.

    Refuses:
        Refused: it does not. The refusal is in the log even though the transaction rolls back.
    """
    answer = decide(policy(), request, facts)
    if not isinstance(answer, Refusal):
        return answer.promise
    raise refused(request, answer.as_error(), trail)


def refused(request: Request, error: Refused, trail: UUID | None) -> Refused:
    """``error``, after writing it down in a way that outlives the rollback it causes."""
    act = log.Act(
        Event.VAULT_ACCESS_REFUSED,
        request.actor,
        trail,
        [request.kind],
        [*request.items],
        request.purpose,
        error.promise,
        request.recipient or "",
        request.action,
    )
    roles.if_rolled_back(lambda: log.record_all([act]))
    log.record_all([act])
    return error
