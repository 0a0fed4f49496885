"""Who is at a page of the member centre."""

from yaksok.journeys.log_in import SessionFacts
from yaksok.web.session import PersonRequest


def person_of(request: PersonRequest) -> SessionFacts:
    """The session; a page of the centre is only ever reached with one."""
    if request.person is None:
        msg = "a page of the member centre was reached without a session: guard it by members_only"
        raise LookupError(msg)
    return request.person
