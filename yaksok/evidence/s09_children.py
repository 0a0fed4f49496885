"""Section 9: what children are told, whose data is held, and whether guardians are obeyed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yaksok.evidence.counting import MOST, counts
from yaksok.evidence.outcome import Outcome, Words, counted
from yaksok.evidence.visiting import visit
from yaksok.evidence.where import GUARDIANS, HANDOVERS, PAGES
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor
from yaksok.kernel.ids import new_subject_id
from yaksok.policy.decide import Facts, Permit, Request, decide
from yaksok.policy.facts import STANDING_REFUSALS
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, AgeClass, Language, Minors, Purpose, RecordKind
from yaksok.privacy.guardians.notice import for_children

OF_A_CHILD = (RecordKind.CHILDHOOD, RecordKind.MEMBERSHIP)

_UNHEARD = (
    "SELECT count(*) FILTER (WHERE s.guardian_id IS DISTINCT FROM w.guardian_id"
    "  OR NOT EXISTS (SELECT 1 FROM vault_record AS g WHERE g.subject_id = w.guardian_id"
    "   AND g.kind = 'guardian')), count(*)"
    " FROM (SELECT subject_id, guardian_id FROM guardians_ward WHERE guardian_id IS NOT NULL"
    "  ORDER BY subject_id DESC LIMIT %s) AS w"
    " LEFT JOIN consent_standing AS s ON s.subject_id = w.subject_id"
)
"""Children whose guardian the gate would turn away, or whom nobody knows any more."""

_WAITING = (
    "SELECT count(*) FILTER (WHERE state = 'refused' OR answered_at IS NULL AND due_at <= %s),"
    " count(*) FROM (SELECT state, answered_at, due_at FROM rights_request"
    "  WHERE asker = 'guardian' AND kind = ANY (%s) ORDER BY received_at DESC LIMIT %s) AS wanted"
)


def p9_01_a_child_is_told_first() -> Outcome:
    """P9.1: the page for children is asked for now: it says all of it and has no field to type in.

    And the way there stands on the page of joining before the first field.
    """
    page, joining = visit(reverse("storefront:under_14")), visit(reverse("storefront:sign_up"))
    told = for_children(Language.KOREAN)
    unsaid = sum(sentence not in page.body for sentence in told)
    main = page.body.partition("<main")[2].partition("</main")[0]
    fields = sum(main.count(tag) for tag in ("<input", "<textarea", "<select"))
    form = joining.body.partition("<main")[2]
    way, first = form.find(reverse("storefront:under_14")), form.find("<input")
    late = not 0 <= way < first
    return counted(
        unsaid + fields + late,
        len(told) + 1,
        _(
            "어린이에게 보이는 화면을 방금 열어, 할 말이 다 있고 적을 칸이 없는지, 가입 화면의 첫 칸보다 먼저 나오는지 봤어요."
        ),
        PAGES,
    )


def p9_02_nothing_of_a_child_without_a_guardian() -> Outcome:
    """P9.2: no child without a guardian has a record, and nothing waits that a guardian did not confirm.

    Cost:
        One walk through the children and the guardians who were asked, by primary keys.
    """
    (alone, children), (unconfirmed, asked) = (
        counts(
            "SELECT count(*) FILTER (WHERE s.guardian_id IS NULL AND EXISTS (SELECT 1"
            "   FROM vault_record AS r WHERE r.subject_id = w.subject_id"
            "   AND r.kind IN ('childhood', 'membership'))), count(*)"
            " FROM (SELECT subject_id FROM guardians_ward WHERE of_age_at IS NULL"
            "  ORDER BY subject_id DESC LIMIT %s) AS w"
            " LEFT JOIN consent_standing AS s ON s.subject_id = w.subject_id",
            MOST,
        ),
        counts(
            "SELECT count(*) FILTER (WHERE confirmed_at IS NULL AND expires_at < %s"
            "  - interval '1 day'), count(*) FROM (SELECT confirmed_at, expires_at"
            "  FROM guardians_asking ORDER BY subject_id DESC LIMIT %s) AS a",
            clock.now(),
            MOST,
        ),
    )
    return counted(
        alone + unconfirmed,
        children + asked,
        _(
            "법정대리인 없이 남은 어린이의 기록과, 닷새가 지나도록 확인되지 않았는데 남은 것을 세었어요."
        ),
        GUARDIANS,
    )


def p9_03_guardians_see() -> Outcome:
    """P9.3: each child's guardian is known to the gate, and every item of a child opens to them."""
    return _obeyed(
        Action.OPEN,
        ("see", "explain", "port"),
        _("모든 어린이의 법정대리인이 열어 볼 수 있는지, 컴파일된 처리방침 문서에도 물어봤어요."),
    )


def p9_04_guardians_correct() -> Outcome:
    """P9.4: each child's guardian is known to the gate, and may change every item of a child."""
    return _obeyed(
        Action.AMEND,
        ("correct",),
        _("모든 어린이의 법정대리인이 고칠 수 있는지, 컴파일된 처리방침 문서에도 물어봤어요."),
    )


def p9_05_guardians_withdraw() -> Outcome:
    """P9.5: no withdrawal of a guardian was refused or waits, and the document refuses none."""
    return _obeyed(
        Action.ERASE,
        ("withdraw", "delete"),
        _(
            "모든 어린이의 법정대리인이 철회할 수 있는지, 거절했거나 기한이 지난 철회가 있는지 보고 컴파일된 처리방침 문서에도 물어봤어요."
        ),
    )


def _obeyed(action: Action, kinds: tuple[str, ...], how: Words) -> Outcome:
    """What guardians asked and would be told, by rows and by the document itself."""
    answers = [*_answers(action)]
    unheard, wards = counts(_UNHEARD, MOST)
    refused, asked = counts(_WAITING, clock.now(), [*kinds], MOST)
    return counted(
        answers.count(False) + unheard + refused, len(answers) + wards + asked, how, GUARDIANS
    )


def _answers(action: Action) -> Iterator[bool]:
    """Whether a guardian may, of each record of a child, whatever the child refused or stopped.

    Nothing where the document turns children away: it has no guardians.
    """
    now = policy()
    if now.document.body.children.minors is not Minors.GUARDIAN:
        return
    child, guardian = new_subject_id(), new_subject_id()
    for refusals in (frozenset[str](), STANDING_REFUSALS):
        facts = Facts(
            AgeClass.CHILD, frozenset(), refusals, restricted=bool(refusals), guardian=guardian
        )
        for kind in OF_A_CHILD:
            record = now.document.body.records.get(kind)
            apart = {i for i, entry in record.items.items() if entry.consent} if record else set()
            whole = action is Action.ERASE
            items = frozenset() if whole else now.items.get(kind, frozenset()) - apart
            actor = Actor.guardian(guardian)
            said = decide(now, Request(action, kind, items, Purpose.RIGHTS, actor, child), facts)
            yield isinstance(said, Permit)


def p9_06_no_child_was_shared() -> Outcome:
    """P9.6: nothing of a child, or of somebody whose age is not known, went to anybody.

    Cost:
        5 000 look-ups by key for each recipient.
    """
    children, given = counts(
        "SELECT count(*) FILTER (WHERE s.age <> '14+'), count(*) FROM unnest(%s::text[]) AS n (name)"
        " CROSS JOIN LATERAL (SELECT subject_id FROM disclosure_handover AS one"
        "  WHERE one.recipient = n.name AND one.message = 'handover' AND one.sent_at IS NOT NULL"
        "  ORDER BY planned_at DESC LIMIT %s) AS h JOIN consent_standing AS s USING (subject_id)",
        [*policy().recipients],
        MOST,
    )
    asked = [*_shared()]
    return counted(
        children + sum(asked),
        given + len(asked),
        _(
            "나간 것 가운데 어린이나 나이를 모르는 분의 것을 세고, 컴파일된 처리방침 문서에 모든 제공을 어린이의 것으로 물어봤어요."
        ),
        HANDOVERS,
    )


def _shared() -> Iterator[bool]:
    """Whether the document lets something of a child go, for each grant to a third party."""
    now = policy()
    for key, rule in now.rules.items():
        if key[1] is not Action.DISCLOSE:
            continue
        for age in (AgeClass.CHILD, AgeClass.UNKNOWN):
            agreed = frozenset({rule.consent} if rule.consent else ())
            facts = Facts(age, agreed, frozenset(), guardian=new_subject_id())
            actor = Actor(key[0], new_subject_id(), trained=True)
            request = Request(key[1], key[2], rule.items, key[3], actor, new_subject_id(), key[4])
            yield isinstance(decide(now, request, facts), Permit)
