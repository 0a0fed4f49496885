"""P1.7: one promise for every registered customer."""

import dataclasses
from uuid import uuid4

from tests.cast.policies import GROWN_UP, packaged_policy, questions
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import SubjectId
from yaksok.policy.decide import Refusal, Request, decide
from yaksok.policy.vocabulary import Item


def test_who_the_member_is_changes_no_answer():
    policy = packaged_policy()
    members = [SubjectId(uuid4()) for _ in range(3)]
    for asked in questions([frozenset({Item.EMAIL})]):
        if asked.actor.role is Role.MEMBER:
            answers = {
                decide(policy, of(asked, Actor.member(member), member), GROWN_UP)
                for member in members
            }
            assert len(answers) == 1


def test_no_member_sees_another():
    policy = packaged_policy()
    one, other = SubjectId(uuid4()), SubjectId(uuid4())
    for asked in questions([frozenset({Item.LOGIN_ID}), frozenset({Item.NAME})]):
        if asked.actor.role is Role.MEMBER and asked.action.value in {"open", "amend", "erase"}:
            assert isinstance(
                decide(policy, of(asked, Actor.member(one), other), GROWN_UP), Refusal
            )


def test_there_is_nothing_in_an_actor_that_could_stand_for_a_grade():
    assert {field.name for field in dataclasses.fields(Actor)} == {
        "role",
        "subject",
        "trained",
        "job",
    }


def of(asked: Request, actor: Actor, subject: SubjectId) -> Request:
    return Request(
        asked.action, asked.kind, asked.items, asked.purpose, actor, subject, asked.recipient
    )
