"""Rules taken away: what a rule does when it does nothing, and a run of proofs without theirs.

As a plugin of pytest (``-p tests.cast.hollowing``) it runs each proof without the rule that its promise
names, and writes what became of every test into the file that :data:`INTO` names.
"""

import inspect
import json
import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType

import pytest

from tests.cast.dotted import resolved

INTO = "WEIGHED_INTO"
"""The variable of the environment with the file for the outcomes."""

HOLLOW = {
    "yaksok.policy.cells.shown": (
        "def hollow(tallies, rows, columns, *, smallest):\n"
        "    places = [(r, c) for r in (*rows, ALL) for c in (*columns, ALL)]\n"
        "    return {place: tallies.get(place, Tally()).sum for place in places}"
    ),
    "yaksok.policy.cells.use_of": "def hollow(word): return Use.STATISTICS",
    "yaksok.policy.collecting.admit": (
        "def hollow(declaration, policy, counts, files=()): return None"
    ),
    "yaksok.policy.decide.decide": "def hollow(policy, request, facts): return Permit('P0.0')",
    "yaksok.policy.detector.contains_rrn": "def hollow(text): return False",
    "yaksok.policy.document.parse": (
        "def hollow(source, file='policy.toml'):\n"
        "    from yaksok.policy.in_force import packaged\n"
        "    text = packaged().read_text('utf-8')\n"
        "    body = msgspec.convert(tomllib.loads(text), Body)\n"
        "    return Document(body, file, text, '')"
    ),
    "yaksok.policy.forms.Form.asking": (
        "def hollow(self, name, label, reason, *, required): return self"
    ),
    "yaksok.policy.forms.build": "def hollow(document): return {}",
    "yaksok.policy.forms.form": (
        "def hollow(policy, name):\n"
        "    every = {f.name: f for form in policy.forms.values() for f in form.fields}\n"
        "    return Form(name, tuple(every.values()), ())"
    ),
    "yaksok.policy.forms.read": (
        "def hollow(form, posted, language, *, also=frozenset()): return dict(posted)"
    ),
    "yaksok.policy.lints.l_cpo.check": "def hollow(case): return iter(())",
    "yaksok.policy.lints.l_remedy.check": "def hollow(case): return iter(())",
    "yaksok.policy.lints.l_vague.check": "def hollow(case): return iter(())",
    "yaksok.policy.references.beyond_their_case": "def hollow(document): return iter(())",
    "yaksok.policy.forms.for_person": "def hollow(policy, name, facts): return form(policy, name)",
    "yaksok.policy.lineage.descend": "def hollow(lineage, before, after): return lineage",
    "yaksok.policy.remedies.elsewhere": "def hollow(body, language): return ''",
    "yaksok.journeys.basket.price": "def hollow(lines, language): raise LookupError",
    "yaksok.journeys.consents.withdraw": (
        "def hollow(actor, name, *, language, channel='web'): return Withdrawal((), 0, None)"
    ),
    "yaksok.journeys.refusals.refuse": (
        "def hollow(actor, name, *, stands, language, channel='web'): return Change()"
    ),
    "yaksok.journeys.inquire.ask": (
        "def hollow(posted, actor, *, language, address_key=''): raise LookupError"
    ),
    "yaksok.journeys.check_out.place": (
        "def hollow(attempt, lines, posted, *, actor, language, stepped_up=False): raise LookupError"
    ),
    "yaksok.journeys.dispatch.dispatch": "def hollow(order_ids, actor): return ()",
    "yaksok.journeys.look_up.look_up": (
        "def hollow(number, secret, *, address_key): raise LookupError"
    ),
    "yaksok.journeys.guardian_portal.correct": "def hollow(key, posted, *, language): return 0",
    "yaksok.journeys.guardian_portal.view": "def hollow(key, language): raise LookupError",
    "yaksok.journeys.guardian_portal.withdraw": (
        "def hollow(key, *, language):\n"
        "    return certificate.issue(certificate.new_number(), erased_at=clock.now(),"
        " unreadable_by=clock.now(), gone=[], kept=[])"
    ),
    "yaksok.journeys.log_in.log_out": "def hollow(key): return None",
    "yaksok.journeys.received.tell_results": "def hollow(limit=50): return 0",
    "yaksok.journeys.leave.confirm": (
        "def hollow(actor, password, *, language): raise LookupError"
    ),
    "yaksok.journeys.leaving.fates": "def hollow(subject): return Fates({}, (), ())",
    "yaksok.journeys.sweep.sweep": (
        "def hollow():\n"
        "    from django.db import connection\n"
        "    with keeper(), connection.cursor() as cursor:\n"
        "        cursor.execute('UPDATE vault_record SET destroy_after = %s', ['2000-01-01Z'])\n"
        "    done = destroying.sweep()\n"
        "    return Swept(done.destroyed, done.failed, 0, 0, 0, 0, 0)"
    ),
    "yaksok.journeys.terms_cases.decide": ("def hollow(case_id, *, agrees, actor): return None"),
    "yaksok.privacy.retention.destroying.destroy": (
        "def hollow(subject, records, *, actor, purpose, reason, certificate=None, began=NOTHING):\n"
        "    return Destroyed({}, (), clock.now())"
    ),
    "yaksok.privacy.retention.destroying.sweep": "def hollow(): return Swept(0, 0)",
    "yaksok.web.member.my_page.page": "def hollow(request): return HttpResponse()",
    "yaksok.journeys.log_in.step_up": (
        "def hollow(key, password, *, language):\n"
        "    with keeper():\n"
        "        return sessions.step_up(key)"
    ),
    "yaksok.journeys.correct.correct": (
        "def hollow(actor, posted, *, stepped_up, language): raise LookupError"
    ),
    "yaksok.journeys.my_page.view": (
        "def hollow(actor, *, stepped_up, language):"
        " return MyPage((), (), (), (), (), (), stepped_up)"
    ),
    "yaksok.mall.accounts.sessions.IDLE": "dict.fromkeys(Audience, timedelta(days=365))",
    "yaksok.mall.accounts.verifiers.verifier_of": "def hollow(password): return password",
    "yaksok.mall.desk.proofs.is_right": "def hollow(kept, ticket, secret): return kept is not None",
    "yaksok.policy.working_days.answer_due": "def hollow(body, at): return at.replace(year=9000)",
    "yaksok.privacy.staff.coverage.gaps": "def hollow(spans, window): return ()",
    "yaksok.privacy.consent.campaigns.open_for_all": "def hollow(version, points, members): return 0",
    "yaksok.privacy.disclosure.following.correct": "def hollow(subject, record, *, actor): return 0",
    "yaksok.privacy.disclosure.handover.deliver": (
        "def hollow(name, *, then):\n"
        "    with keeper():\n"
        "        row = Handover.objects.get(subject_id=name[0], id=name[1])\n"
        "        Handover.objects.filter(id=row.id).update(state=State.ACKNOWLEDGED)\n"
        "        entry = entry_of(row)\n"
        "    content = Portion({'email': 'somebody@mail.example'})\n"
        "    wire.give(entry.recipient, entry.reference, content, key=entry.id)\n"
        "    return State.ACKNOWLEDGED"
    ),
    "yaksok.privacy.disclosure.programmes.must_run": "def hollow(recipient): return None",
    "yaksok.privacy.guardians.notice.for_children": "def hollow(language): return ()",
    "yaksok.privacy.vault.closing.running.close": (
        "def hollow(watch=unwatched): return Closed(0, 0, 0, clock.now())"
    ),
    "yaksok.privacy.vault.erasing.erase": (
        "def hollow(subject, *, actor, purpose, reason, only=None): return Erased({}, clock.now())"
    ),
    "yaksok.privacy.vault.sealing.was_told": "def hollow(sealing): return True",
    "yaksok.web.headers.content_policy": (
        "def hollow(): return 'default-src *; form-action *; script-src *'"
    ),
    "yaksok.web.session.Sessions": (
        "def hollow(self, request):\n"
        "    request.person, request.session_key = None, ''\n"
        "    return self.get_response(request)"
    ),
    "yaksok.web.session.hand_over": (
        "def hollow(response, session):\n"
        "    response.set_cookie(cookie(), session.key, max_age=31_536_000)\n"
        "    return response"
    ),
}
"""What a rule does when it has been taken away; of a rule that is a figure, the other figure."""


@contextmanager
def taken_away(rule: str) -> Iterator[None]:
    """What stands at ``rule`` does nothing until the block ends, whoever imported it and however."""
    kept = resolved(rule)
    function = inspect.unwrap(kept.__call__ if isinstance(kept, type) else kept)  # type: ignore[arg-type]  # functions, or classes whose instances are called
    if not isinstance(function, FunctionType):
        with _figure(rule, kept):
            yield
        return
    names: dict[str, object] = {}
    exec(HOLLOW[rule], function.__globals__, names)  # noqa: S102 - a fault planted on purpose
    hollow = names["hollow"]
    assert isinstance(hollow, FunctionType)
    whole, defaults = function.__code__, function.__kwdefaults__
    function.__code__ = hollow.__code__
    try:
        yield
    finally:
        function.__code__, function.__kwdefaults__ = whole, defaults


@contextmanager
def _figure(rule: str, kept: object) -> Iterator[None]:
    place, _, name = rule.rpartition(".")
    module = resolved(place)
    setattr(module, name, eval(HOLLOW[rule], vars(module)))  # noqa: S307 - a fault planted on purpose
    try:
        yield
    finally:
        setattr(module, name, kept)


_outcomes: dict[str, list[str]] = defaultdict(list)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Run no more of a proof that has failed: it leans on its rule, as was to be shown."""
    if "failed" in _outcomes[item.path.name]:
        pytest.skip("the proof has failed without its rule already")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run one test without the rule of the promise that it proves."""
    from yaksok.policy.promises import clauses

    (rule,) = {clause.rule for clause in clauses() if clause.proof == item.path.name}
    assert rule is not None
    with taken_away(rule):
        yield


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep what became of it: only the test itself counts, not what was made ready for it."""
    if report.when == "call":
        _outcomes[Path(report.location[0]).name].append(report.outcome)


def pytest_sessionfinish() -> None:
    """Write it all down."""
    Path(os.environ[INTO]).write_text(json.dumps(_outcomes), "utf-8")
