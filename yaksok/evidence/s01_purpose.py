"""Section 1: what personal data was used for, and what becomes of a consent that is taken back."""

from django.utils.translation import gettext_lazy as _

from yaksok.evidence import acts
from yaksok.evidence.counting import MOST, counts
from yaksok.evidence.outcome import Outcome, counted
from yaksok.evidence.where import CONSENTS, DOCUMENT, LOG, REQUESTS, SERVICES
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import new_subject_id
from yaksok.policy.compile import Rule
from yaksok.policy.decide import Facts, Permit, Request, decide
from yaksok.policy.forms import for_person
from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Action, AgeClass, Purpose, RecordKind, Service

OF_AN_ORDER = frozenset(
    {
        RecordKind.ADDRESS_BOOK,
        RecordKind.MEMBERSHIP,
        RecordKind.ORDER_EXTRA,
        RecordKind.ORDER_PAYER,
        RecordKind.ORDER_RECIPIENT,
    }
)
OF_A_PAYMENT = frozenset({RecordKind.ORDER_PAYER})
OF_A_DELIVERY = frozenset({RecordKind.ADDRESS_BOOK, RecordKind.ORDER_RECIPIENT})

PERSONS = 3
"""How many members are asked about: whoever they are, the answer must be the same."""

TRACES = {
    Service.ADDRESS_BOOK: "SELECT EXISTS (SELECT 1 FROM vault_record WHERE kind = 'address_book')::int",
    Service.COUPONS: "SELECT EXISTS (SELECT 1 FROM promotions_held)::int",
    Service.RESTOCK_NOTICE: "SELECT EXISTS (SELECT 1 FROM waiting_wait)::int",
    Service.REVIEWS: "SELECT EXISTS (SELECT 1 FROM reviews_review)::int",
}
"""What a service for members leaves behind where it is used."""


def _served(purpose: Purpose, kinds: frozenset[RecordKind]) -> tuple[int, int]:
    """Of the acts for ``purpose``, how many the document does not allow or need no such record."""
    found = acts.used_for(purpose)
    return acts.number(a for a in found if not a.allowed or not a.kinds <= kinds), acts.number(
        found
    )


def p1_01_orders_use_what_orders_need() -> Outcome:
    """P1.1: what was used to take orders is in the records of orders, by a grant of the document."""
    return counted(
        *_served(Purpose.ORDER, OF_AN_ORDER),
        _(
            "주문을 처리하려고 한 일을 감사 기록에서 세어, 처리방침 문서가 허락한 것인지 맞춰 봤어요."
        ),
        LOG,
    )


def p1_02_payment_uses_the_payer_alone() -> Outcome:
    """P1.2: for payment and refund only the payer's record was used."""
    return counted(
        *_served(Purpose.PAYMENT, OF_A_PAYMENT),
        _("결제와 환불을 하려고 한 일을 감사 기록에서 세어, 결제하는 분의 정보만 썼는지 봤어요."),
        LOG,
    )


def p1_03_delivery_uses_the_recipient() -> Outcome:
    """P1.3: for delivery only the recipient's record and the address book were used."""
    return counted(
        *_served(Purpose.DELIVERY, OF_A_DELIVERY),
        _("배송하려고 한 일을 감사 기록에서 세어, 받는 분의 정보만 썼는지 봤어요."),
        LOG,
    )


def p1_04_each_service_is_named() -> Outcome:
    """P1.4: no service that is not named has left a trace, and none used what it may not."""
    found = acts.used_for(Purpose.MEMBER_SERVICE, Purpose.RESTOCK_NOTICE)
    named = policy().document.body.services
    unnamed = [
        service for service, sql in TRACES.items() if service not in named and counts(sql)[0]
    ]
    return counted(
        len(unnamed) + acts.number(a for a in found if not a.allowed),
        len(named) + acts.number(found),
        _(
            "이름이 적히지 않은 회원 서비스가 쓰인 흔적과, 회원 서비스를 한다면서 문서가 허락하지 않은 일을 한 기록을 세었어요."
        ),
        SERVICES,
    )


def p1_05_only_declared_items_came_in() -> Outcome:
    """P1.5: each item that was written down belongs to its record in the document."""
    written = [a for a in acts.newest() if a.action in {Action.SEAL, Action.AMEND}]
    declared = {kind.value: {*items} for kind, items in policy().items.items()}
    strange = [a for a in written if any(a.items - declared.get(kind, set()) for kind in a.kinds)]
    return counted(
        acts.number(strange),
        acts.number(written),
        _(
            "새로 적거나 고친 기록에 처리방침 문서가 밝히지 않은 항목이 있는지 감사 기록에서 세었어요."
        ),
        LOG,
    )


def p1_06_nothing_was_used_otherwise() -> Outcome:
    """P1.6: every act with personal data has a grant in the document, whoever acted."""
    found = acts.newest()
    return counted(
        acts.number(a for a in found if not a.allowed),
        acts.number(found),
        _(
            "개인정보로 한 모든 일의 감사 기록 가운데 최근 5천 건을, 누가 무엇을 왜 했는지 하나하나 처리방침 문서와 맞춰 봤어요."
        ),
        LOG,
    )


def p1_07_the_same_for_everybody() -> Outcome:
    """P1.7: asked about several members, the compiled document answers the same. Nobody is looked up."""
    ways = [(key, rule) for key, rule in policy().rules.items() if key[0] is Role.MEMBER]
    differing = sum(len({_answer(*way) for _ in range(PERSONS)}) > 1 for way in ways)
    return counted(
        differing,
        len(ways) * PERSONS,
        _(
            "데이터로는 보일 수 없는 문장이라, 컴파일된 처리방침 문서에 서로 다른 회원의 이름으로 같은 것을 물어 답이 같은지 봤어요."
        ),
        DOCUMENT,
    )


def _answer(key: tuple[Role, Action, RecordKind, Purpose, str | None], rule: Rule) -> str:
    """What the document says to a member who is met here for the first time, in one word."""
    person = new_subject_id()
    request = Request(key[1], key[2], rule.items, key[3], Actor.member(person), person, key[4])
    said = decide(policy(), request, Facts(AgeClass.ADULT, frozenset(), frozenset()))
    return f"{type(said).__name__} {said.promise}"


def p1_08_every_member_was_asked() -> Outcome:
    """P1.8: every member of the day on which a change was announced was asked about each point of it.

    Cost:
        Nothing in a mall that never changed its policy; else one walk through the members for the
        newest campaign.
    """
    unasked, asked = counts(
        "SELECT count(*) FILTER (WHERE a.subject_id IS NULL), count(*)"
        " FROM (SELECT number, opened_at, unnest(points) AS point FROM consent_campaign"
        "  WHERE number = (SELECT max(number) FROM consent_campaign)) AS c"
        " JOIN vault_record AS m ON m.kind = 'membership' AND EXISTS (SELECT 1 FROM consent_event e"
        "  WHERE e.subject_id = m.subject_id AND e.at < c.opened_at)"
        " LEFT JOIN consent_asked AS a ON a.subject_id = m.subject_id AND a.number = c.number"
        "  AND a.point = c.point"
    )
    return counted(
        unasked,
        asked,
        _("가장 최근에 바뀐 방침의 항목마다, 그때의 회원 가운데 여쭙지 않은 분이 있는지 세었어요."),
        CONSENTS,
    )


def p1_09_silence_counts_as_no() -> Outcome:
    """P1.9: nobody who was silent, or said no, stands as having agreed to a change."""
    taken, silent = counts(
        "SELECT count(*) FILTER (WHERE a.point = ANY (s.consents)), count(*)"
        " FROM (SELECT subject_id, point FROM consent_asked WHERE agreed IS NOT TRUE"
        "  ORDER BY subject_id DESC LIMIT %s) AS a JOIN consent_standing AS s USING (subject_id)",
        MOST,
    )
    return counted(
        taken,
        silent,
        _("바뀐 방침에 답하지 않았거나 동의하지 않은 분이 동의한 것으로 되어 있는지 세었어요."),
        CONSENTS,
    )


def p1_10_withdrawing_was_done_in_time() -> Outcome:
    """P1.10: no consent that somebody wanted back was refused, or waits beyond its day."""
    wrong, asked = counts(
        "SELECT count(*) FILTER (WHERE state = 'refused' OR answered_at IS NULL AND due_at <= %s),"
        " count(*) FROM (SELECT state, answered_at, due_at FROM rights_request"
        "  WHERE kind = 'withdraw' ORDER BY received_at DESC LIMIT %s) AS wanted",
        clock.now(),
        MOST,
    )
    return counted(
        wrong,
        asked,
        _("동의를 철회하겠다는 요구 가운데 거절했거나 기한이 지난 것을 세었어요."),
        REQUESTS,
    )


def p1_11_what_needs_a_consent_is_not_asked_without_it() -> Outcome:
    """P1.11: to somebody without a consent no form shows what it is for, and nothing takes it."""
    nobody, now = Facts(AgeClass.ADULT, frozenset(), frozenset()), policy()
    wrong = looked = 0
    for kind, record in now.document.body.records.items():
        for item, entry in record.items.items():
            if entry.consent is None:
                continue
            looked += len(now.forms) + 1
            wrong += sum(
                (field.kind, field.item) == (kind, item)
                for name in now.forms
                for field in for_person(now, name, nobody).fields
            )
            person = new_subject_id()
            for key, rule in now.rules.items():
                if key[1] is Action.SEAL and key[2] is kind and item in rule.items:
                    actor = Actor(key[0], person, trained=True)
                    request = Request(key[1], kind, frozenset({item}), key[3], actor, person)
                    wrong += isinstance(decide(now, request, nobody), Permit)
    return counted(
        wrong,
        looked,
        _(
            "동의가 따로 필요한 항목을, 동의하지 않은 사람의 입력란으로 만들어 보고 컴파일된 처리방침 문서에 저장해도 되는지 물어봤어요."
        ),
        DOCUMENT,
    )


def p1_12_what_was_withdrawn_is_gone() -> Outcome:
    """P1.12: no record lies there for advertising whose consent was taken back.

    Cost:
        One walk through those who ever agreed to advertising, by primary keys.
    """
    kept, back = counts(
        "SELECT count(r.record_id), count(*) FROM (SELECT subject_id, record_id FROM consent_channel"
        "  WHERE NOT stands ORDER BY subject_id DESC LIMIT %s) AS c LEFT JOIN vault_record AS r"
        " ON r.subject_id = c.subject_id AND r.record_id = c.record_id"
        " AND r.kind = 'marketing_contact'",
        MOST,
    )
    return counted(
        kept,
        back,
        _("철회한 동의 때문에 받았던 연락처가 아직 남아 있는지 세었어요."),
        CONSENTS,
    )
