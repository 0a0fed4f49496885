"""What must be true at the end of every day, read from the mall's own tables and from the world outside."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.cast.partners import CONSENT, held_there
from tests.cast.shoppers import rows
from tests.cast.subscribers import link_in
from tests.year.world import Arrived, Life, World
from yaksok.database.roles import keeper
from yaksok.kernel.clock import SEOUL
from yaksok.policy.entries import Body
from yaksok.policy.in_force import policy
from yaksok.privacy.consent import channels
from yaksok.privacy.disclosure import handover

PATIENCE = timedelta(days=1)
"""After this much time nothing that was to be sent may still wait unless somebody is told."""

CALM = 2
"""Days on which nobody was away: then nothing may lie untouched any more."""

FIRST_HOUR, LAST_HOUR = 8, 21
"""Between these nobody needs a consent for the night."""

Check = Callable[[World], int]
"""Looks at one thing everywhere it can be wrong; how many times it looked."""


class Watch:
    """Remembers from day to day what the checks need: entries that were seen, records that are gone."""

    def __init__(self) -> None:
        self.seen_until: Any = None
        self.alive: set[tuple[Any, Any]] = set()
        self.gone: set[tuple[Any, Any]] = set()
        self.letters = 0
        self.ways: Counter[str] = Counter()

    def all(self, world: World) -> None:
        """Check everything, and count."""
        for check in (
            self.nothing_opened_without_a_permit,
            self.what_is_gone_stays_gone,
            self.nothing_is_overdue,
            self.advertising_reaches_only_who_asked_for_it,
            self.texts_notifications_and_calls_too,
            self.whoever_left_is_known_no_more,
            self.every_message_is_answered_or_alarmed,
            self.rows_of_the_departed_are_gone,
            self.the_partner_holds_what_is_true_and_allowed,
        ):
            world.checked[check.__name__] += check(world)

    def nothing_opened_without_a_permit(self, _world: World) -> int:
        """Each opening in the log has a grant in the document, read here a second time."""
        entries = rows(
            "SELECT actor_role, kinds, items, purpose, recipient, count(*), max(id::text)"
            " FROM audit_entry WHERE event = 'vault:items:opened'"
            " AND (%(since)s::uuid IS NULL OR id > %(since)s) GROUP BY 1, 2, 3, 4, 5",
            {"since": self.seen_until},
        )
        body, looked = policy().document.body, 0
        for role, kinds, items, purpose, recipient, many, newest in entries:
            self.seen_until = max(self.seen_until or newest, newest)
            looked += many
            for kind in kinds:
                said = (role, kind, sorted(items), purpose, recipient)
                assert granted(body, role, kind, set(items), purpose, recipient), said
        return looked

    def what_is_gone_stays_gone(self, _world: World) -> int:
        """No record that was destroyed has a key or a row again, and no key is without its row."""
        keys = set(rows("SELECT subject_id, record_id FROM vault_record_key"))
        sealed = set(rows("SELECT subject_id, record_id FROM vault_record"))
        assert keys == sealed
        self.gone |= self.alive - keys
        assert not self.gone & keys, "a destroyed record came back"
        self.alive = keys
        return len(self.gone) + len(keys)

    def nothing_is_overdue(self, world: World) -> int:
        """No record outlives its day."""
        held = {(s, r) for s, r in rows("SELECT subject_id, record_id FROM retention_held")}
        late = [
            (subject, record)
            for subject, record in rows(
                "SELECT subject_id, record_id FROM vault_record WHERE destroy_after <= %s",
                [world.clock()],
            )
            if (subject, record) not in held
        ]
        assert not late, f"{len(late)} records are past their day"
        ((many,),) = rows("SELECT count(*) FROM vault_record WHERE destroy_after IS NOT NULL")
        return int(many)

    def advertising_reaches_only_who_asked_for_it(self, world: World) -> int:
        """Each advertisement in a mailbox went to a grown member who had allowed it, by day."""
        fresh, self.letters = world.post.letters[self.letters :], len(world.post.letters)
        advertisements = [letter for letter in fresh if is_advertisement(letter)]
        for letter in advertisements:
            life = world.by_email[letter.to]
            assert life.subject is not None, "a guest"
            assert not life.born, "a child, or its guardian"
            day = letter.at.astimezone(SEOUL)
            assert life.of_age is None or life.of_age <= day.date()
            assert life.left is None or life.left >= letter.at, "somebody who left"
            assert life.allows("ads_email", letter.at), "somebody who had not agreed"
            assert "one-click" in letter.headers.get("list-unsubscribe-post", "").lower()
        return len(fresh)

    def texts_notifications_and_calls_too(self, world: World) -> int:
        """The same by every other way, and none at night without a word for the night."""
        texts = [
            (*found, "ads_sms", datetime.fromtimestamp(one["sent"], UTC))
            for one in world.sandboxes["sms"].call("GET", "/sandbox/messages")[1]
            if "/ads/stop" in one["text"] and (found := whose_link(world, one["text"]))
        ]
        shown = [
            (world.by_browser[one["browser"]], "ads_push", datetime.fromtimestamp(one["at"], UTC))
            for one in world.sandboxes["push"].call("GET", "/sandbox/notifications")[1]
            if one["browser"] in world.by_browser  # not in that of another test
        ]
        called, world.calls = [(life, "ads_phone", at) for life, at in world.calls], []
        for life, name, at in (*texts, *shown, *called):
            assert life.subject is not None, "a guest"
            assert not life.born, "a child"
            assert life.left is None or life.left >= at, "somebody who left"
            assert life.allows(name, at), f"somebody who had not agreed to {name}"
            night = not FIRST_HOUR <= at.astimezone(SEOUL).hour < LAST_HOUR
            assert not night or life.allows("ads_night", at), "at night"
            self.ways[name] += 1
        return len(texts) + len(shown) + len(called)

    def whoever_left_is_known_no_more(self, world: World) -> int:
        """Nothing but what a law keeps is held of who left, a parcel on its way apart."""
        looked = 0
        for life in world.lives:
            if life.left is None or life.subject is None:
                continue
            looked += 1
            held = rows(
                "SELECT kind, count(*) FROM vault_record WHERE subject_id = %s GROUP BY 1",
                [life.subject],
            )
            kinds = {kind for kind, _ in held} - LEGAL
            if not kinds:
                continue
            waiting = {
                r
                for (r,) in rows(
                    "SELECT record_id FROM retention_waiting WHERE owner_id = %s", [life.subject]
                )
            }
            records = {
                r
                for (r,) in rows(
                    "SELECT record_id FROM vault_record WHERE subject_id = %s AND NOT kind = ANY (%s)",
                    [life.subject, list(LEGAL)],
                )
            }
            assert records <= waiting, (sorted(kinds), "held of somebody who left")
        return looked

    def every_message_is_answered_or_alarmed(self, world: World) -> int:
        """What a recipient is to be told is tried until it is acknowledged, or given up in sight."""
        late = rows(
            "SELECT recipient, message, state, attempts FROM disclosure_handover"
            " WHERE state IN ('planned', 'sending') AND planned_at < %s"
            " AND (attempts > %s OR (attempts = 0 AND %s))",
            [world.clock() - PATIENCE, handover.MOST_ATTEMPTS, world.calm >= CALM],
        )
        assert not late, late[:3]
        ((many,),) = rows("SELECT count(*) FROM disclosure_handover")
        return int(many)

    def rows_of_the_departed_are_gone(self, world: World) -> int:
        """No session and no waiting of who left is kept."""
        left = [life.subject for life in world.lives if life.left is not None]
        for table in ("accounts_session", "accounts_credential", "waiting_wait", "post_letter"):
            ((found,),) = rows(f"SELECT count(*) FROM {table} WHERE subject_id = ANY (%s)", [left])
            assert found == 0, table
        return 4 * len(left)

    def the_partner_holds_what_is_true_and_allowed(self, world: World) -> int:
        """Once everything was taken: whoever the partner knows agrees, is a member, and is up to date."""
        ((open_,),) = rows(
            "SELECT count(*) FROM disclosure_handover WHERE recipient = 'daon'"
            " AND state <> 'acknowledged'"
        )
        if open_:
            return 0
        held = held_there(world.sandboxes["partner"])
        for items in held:
            life = world.by_email[items["email"]]
            assert life.member, "somebody who left is known to the partner"
            assert life.allows(CONSENT, world.clock()), "somebody who took it back"
            assert items["email"] == life.email, "a correction did not arrive"
        return len(held)


def whose_link(world: World, text: str) -> tuple[Life] | None:
    """Whom the link in a text message stops; None when it ended since, as with its person."""
    with keeper():
        found = channels.whose(link_in(text))
    return (world.by_subject[found[0]],) if found else None


LEGAL = frozenset({"statutory"})


def granted(
    body: Body, role: str, kind: str, items: set[str], purpose: str, recipient: str
) -> bool:
    """Whether a line of the document lets ``role`` open ``items`` of ``kind`` for ``purpose``."""
    record = body.records.get(kind)  # type: ignore[call-overload]  # the words of the log
    if record is None:
        return False
    for grant in record.grants:
        acts = {"disclose"} if recipient else {"open"}
        if (
            role in grant.roles
            and acts & set(grant.actions)
            and purpose in grant.purposes
            and items <= set(grant.items)
            and (grant.recipient or "") == recipient
        ):
            return True
    return False


def is_advertisement(letter: Arrived) -> bool:
    """Whether a letter says of itself that it advertises, as the law wants."""
    return letter.subject.startswith("(광고)")


def in_short(world: World) -> Iterable[str]:
    """How far a year has come."""
    yield f"{len(world.lives)} people"
    yield f"{sum(world.happened.values())} events"
    yield f"{sum(world.checked.values())} checks"


def figures(world: World) -> Iterable[str]:
    """What happened and what was checked, as lines."""
    yield f"{world.days} days, course of events {world.course.hexdigest()[:16]}"
    yield f"{sum(world.happened.values())} events: {dict(world.happened)}"
    yield f"{sum(world.checked.values())} checks: {dict(world.checked)}"
