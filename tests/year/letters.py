"""What people do with the letters that come: prove an address, agree for a child, stop, order."""

import re
from datetime import timedelta

from tests.cast import children
from tests.cast.shoppers import choose, given
from tests.year.world import Arrived, Bought, Life, World
from yaksok.journeys import (
    ad_addresses,
    guardian_order,
    guardian_portal,
    opt_out,
    pay,
    tell,
)
from yaksok.kernel.errors import NotFound
from yaksok.policy.vocabulary import Language

KO = Language.KOREAN
TOKEN = re.compile(r"(/[a-z/_-]+)\?token=([\w-]+)")


def mail_is_read(world: World) -> None:
    """Everybody who reads their letters does so now, and most do what is asked.

    In an order that does not hang on the ids by which letters leave: so that a year is lived again.
    """
    world.move_to(world.now + timedelta(minutes=1))
    fresh, world.read = world.post.letters[world.read :], len(world.post.letters)
    found = [
        (letter.at, world.number_of(letter), path, letter, token)
        for letter in fresh
        for path, token in TOKEN.findall(letter.text)
    ]
    for _, number, path, letter, token in sorted(found, key=lambda one: one[:3]):
        done = _opens(world, letter, path, token)
        world.note("reads", path, number, done)
        world.happened[f"reads {path}"] += done


def texts_are_read(world: World) -> None:
    """The same for text messages; whoever asked for advertising by text shows that the number is theirs."""
    _, sent, _ = world.sandboxes["sms"].call("GET", "/sandbox/messages")
    for one in sent:
        for path, token in TOKEN.findall(one["text"]):
            if path == "/ads/number" and token not in world.tokens:
                world.tokens.add(token)
                done = ad_addresses.confirm_number(token)
                world.note("reads", path, done)
                world.happened[f"reads {path}"] += done


def _opens(world: World, letter: Arrived, path: str, token: str) -> int:
    lucky = world.dice.random()
    if path.endswith("/email") and lucky < 0.9:
        return int(tell.verify_email(token))
    if path.endswith("/ads/stop") and lucky < 0.1:
        return _stops(world, letter, token)
    family = world.families.get(letter.to)
    if family is None:
        return 0
    if path.endswith(GUARDIAN_ASKED) and lucky < 0.8:
        return _agrees(world, family, letter, token)
    if path.endswith(GUARDIAN_WISH):
        return _orders(world, family, token)
    if path.endswith(GUARDIAN_PORTAL):
        return _looks(world, family, token)
    return 0


GUARDIAN_ASKED, GUARDIAN_WISH = "/guardian/answer", "/guardian/wish"
GUARDIAN_PORTAL = "/guardian/open"


def _stops(world: World, letter: Arrived, token: str) -> int:
    life = world.by_email[letter.to]
    if opt_out.stop(token, language=KO) is None:
        again = any(yes and at > letter.at for at, name, yes in life.answers if name == "ads_email")
        assert life.left or again, "a link works until its person leaves, or agrees anew"
        return 0
    life.said(world.clock(), "ads_email", yes=False)
    return 1


def _agrees(world: World, life: Life, letter: Arrived, token: str) -> int:
    found, _code = children.link_and_code(letter.text)
    assert found == token
    key = life.waiting
    children.agrees(life.person, token)
    login_id, password, child = children.joins(key, born=life.born)
    life.login_id, life.password, life.subject = login_id, password, child
    life.number = children.Family(life.person, login_id, password, child).asked.number
    world.known(life)
    return 1


def _orders(world: World, life: Life, token: str) -> int:
    try:
        key = guardian_order.enter(token)
        draft = guardian_order.begin(key, language=KO)
    except NotFound:  # another letter about the same wish came first, or the child is of age
        return 0
    who = life.person
    typed = {
        **draft.prefill,
        "payer_phone": who.phone,
        "recipient_postcode": who.postcode,
        "recipient_address": who.address,
        "guardian_attested": "on",
        "notice": draft.notice.hash,
    }
    placed = guardian_order.place(key, draft.attempt, typed, language=KO)
    life.orders.append(Bought(placed.order_number, "", world.clock()))
    back = choose(world.sandboxes["payment"], placed.payment_url, "approve")
    assert pay.returned(*given(back)).paid
    return 1


def _looks(world: World, life: Life, token: str) -> int:
    key = guardian_portal.enter(token)
    portal = guardian_portal.view(key, KO)
    shown = {item.value for record in portal.child for item in record.items}
    assert life.login_id in shown, "a guardian sees all that is held"
    if world.dice.random() < 0.4:
        guardian_portal.withdraw(key, language=KO)
        life.left = world.clock()
    return 1
