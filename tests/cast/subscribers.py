"""Members who want advertising, an advertisement, and the mall that sends it."""

import re
from datetime import timedelta
from uuid import UUID

from django.db import connection

from tests.cast import people
from tests.cast.people import Member
from tests.cast.sandboxes import Sandbox
from yaksok.database.roles import keeper
from yaksok.journeys import ad_addresses, advertise, consents, tell
from yaksok.kernel import clock
from yaksok.kernel.actor import Actor, Role
from yaksok.kernel.ids import new_id, new_subject_id
from yaksok.mall.campaigns import book
from yaksok.mall.campaigns.book import Words
from yaksok.policy.entries import Text
from yaksok.policy.vocabulary import Channel, Item, Language
from yaksok.privacy.consent import channels
from yaksok.privacy.post import tokens

MARKETER = Actor(Role.MARKETER, new_subject_id(), trained=True)
EMAIL, SMS, NIGHT = "ads_email", "ads_sms", "ads_night"
CALL = "ads_phone"
BODY = "가을 그릇이 나왔어요.\n\n천천히 둘러보세요."


def proves(member: Member) -> Member:
    """The member, who opened the link in the letter of welcome."""
    with keeper():
        found = _letters(member, "welcome", "email_proof")
        token = tokens.token_of(member.subject, found, tokens.EMAIL)
    assert tell.verify_email(token)
    return member


def token_of(member: Member, purpose: str, template: str) -> str:
    """The secret in the newest letter of ``template`` to the member."""
    with keeper():
        return tokens.token_of(member.subject, _letters(member, template), purpose)


def wants(*names: str, member: Member | None = None) -> Member:
    """A member who agreed to ``names``, and showed that the addresses are theirs."""
    who = member or proves(people.member())
    for name in sorted(names, key=lambda one: one == CALL):
        consents.give(who.actor, name, language=Language.KOREAN, given=_given(name, who))
        if name == SMS:
            token = token_of(who, tokens.ADVERTISING_PHONE, "advertising_confirm")
            assert ad_addresses.confirm_number(token)
        elif name == CALL and SMS not in names:
            token = token_of(who, tokens.ADVERTISING_CALL, "advertising_call_confirm")
            assert ad_addresses.confirm_number(token)
    return who


def _given(name: str, who: Member) -> dict[Item, str]:
    """What is given with a consent: the number at which it is wanted."""
    item = {SMS: Item.PHONE, CALL: Item.CALL_PHONE}.get(name)
    return {item: who.person.phone} if item else {}


def _letters(member: Member, *templates: str) -> UUID:
    """The newest letter to the member of one of these kinds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM post_letter WHERE subject_id = %s AND template = ANY(%s)"
            " ORDER BY id DESC LIMIT 1",
            [member.subject, list(templates)],
        )
        (found,) = cursor.fetchone()
    assert isinstance(found, UUID)
    return found


def words(channel: Channel = Channel.EMAIL, **other: object) -> Words:
    """An advertisement that is due now."""
    said = {
        "title": Text(ko="가을 그릇", en="Autumn bowls"),
        "body": Text(ko=BODY, en="Bowls for autumn.\n\nHave a look."),
        "goods": (),
        "channel": channel,
        "at": clock.now() - timedelta(minutes=1),
    }
    return Words(**(said | other))  # type: ignore[arg-type]  # a test says what it changes


def sends(said: Words | None = None) -> UUID:
    """An advertisement that was written and scheduled by a marketer, and is in the outbox now."""
    id_ = new_id()
    advertise.save(id_, said or words(), actor=MARKETER)
    advertise.schedule(id_, actor=MARKETER)
    advertise.send_due()
    return id_


def advertised() -> list[UUID]:
    """To whom advertisements wait in the outbox."""
    with keeper(), connection.cursor() as cursor:
        cursor.execute("SELECT subject_id FROM post_letter WHERE template = 'advertisement'")
        return sorted(subject for (subject,) in cursor.fetchall())


def stands(id_: UUID) -> tuple[str, int, dict[str, int]]:
    """State, number of letters and who was left out: what a marketer never sees so exactly."""
    with keeper():
        found = book.one(id_)
    return found.state.value, found.queued, {k: n for k, n in found.left_out.items() if n}


def posted() -> None:
    """Send everything that waits."""
    while tell.send_due().tried:
        pass


def received(sandbox: Sandbox, member: Member) -> list[dict[str, str]]:
    """Advertisements that came to the member, newest first: known by the link that stops them."""
    found = [
        one for one in sandbox.call("GET", "/sandbox/letters")[1] if "/ads/stop" in one["text"]
    ]
    with keeper():
        owners = [channels.whose(link_in(one["text"])) for one in found]
    return [
        one
        for one, owner in zip(found, owners, strict=True)
        if owner and owner[0] == member.subject
    ]


def link_in(text: str) -> str:
    """The secret of the link that stops it."""
    found = re.search(r"/ads/stop\?token=([\w-]+)", text)
    assert found, text
    return found[1]
