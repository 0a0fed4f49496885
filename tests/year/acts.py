"""What people do on a day. Each act is one person using the mall as its pages would let them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from tests.cast import children, people
from tests.cast.asking import posted as inquiry
from tests.cast.browsers import PUSH, browser
from tests.cast.callers import notes
from tests.cast.shoppers import choose, given, rows
from tests.cast.subscribers import CALL, SMS
from tests.year.world import Bought, Life, World
from yaksok.database.roles import keeper
from yaksok.journeys import (
    call_desk,
    check_out,
    child_wish,
    coming_of_age,
    consents,
    correct,
    dispatch,
    guardian_portal,
    inquire,
    leave,
    log_in,
    look_up,
    my_page,
    pay,
    refusals,
    restock,
    rights_ask,
)
from yaksok.kernel.actor import Actor
from yaksok.kernel.errors import Invalid
from yaksok.mall.campaigns.calls import Outcome
from yaksok.mall.orders import finding
from yaksok.mall.orders.states import OrderState
from yaksok.policy.vocabulary import Item, Language

KO = Language.KOREAN
GOODS = ("CUP-W-S", "TEA-G")
"""What never runs out in a year: the clerk fills it up each morning."""
SOLD_OUT = "STOOL-O"

Act = Callable[[World], bool]
"""Does something and says so; False when nobody was there to do it."""


def joins(world: World) -> bool:
    """Somebody becomes a member."""
    who = people.person()
    life = Life(who, people.signs_up(who), who.password, who.email, who.phone)
    world.born(life)
    return True


def buys(world: World) -> bool:
    """A member buys for themself, or for somebody else."""
    life = world.any_member()
    if life is None:
        return False
    gift = people.recipient() if world.dice.random() < 0.3 else life.person
    return _orders(world, life, life.actor, gift)


def buys_as_guest(world: World) -> bool:
    """Somebody without an account buys."""
    who = people.person()
    life = world.born(Life(who, email=who.email, phone=who.phone))
    return _orders(world, life, Actor.visitor(), who)


def _orders(world: World, life: Life, actor: Actor, receiver: people.Person) -> bool:
    lines = [(world.shop[sku], world.dice.choice((1, 1, 2))) for sku in world.dice.sample(GOODS, 1)]
    draft = check_out.begin(lines, actor=actor, language=KO)
    secret = f"{life.person.login_id} 두루미"
    known = {field.name for field in draft.form.fields}
    typed = {
        "payer_name": life.person.name,
        "payer_phone": life.phone,
        "payer_email": life.email,
        "lookup_secret": secret,
        "recipient_name": receiver.name,
        "recipient_phone": receiver.phone,
        "recipient_postcode": receiver.postcode,
        "recipient_address": receiver.address,
    }
    answers = {name: value for name, value in typed.items() if name in known}
    placed = check_out.place(
        draft.attempt,
        lines,
        {**answers, "age_attested": "on", "notice": draft.notice.hash},
        actor=actor,
        language=KO,
    )
    order = Bought(placed.order_number, secret if "lookup_secret" in known else "", world.clock())
    life.orders.append(order)
    if world.dice.random() < 0.05:
        order.over = True
        return True
    back = choose(world.sandboxes["payment"], placed.payment_url, "approve")
    assert pay.returned(*given(back)).paid, "an approved payment is a paid order"
    return True


def looks_up(world: World) -> bool:
    """A guest looks at their order."""
    guests = [
        (life, order)
        for life in world.lives
        if life.subject is None
        for order in life.orders
        if order.secret and not order.over and world.clock() - order.at < timedelta(days=60)
    ]
    if not guests:
        return False
    _, order = world.dice.choice(guests)
    view = look_up.look_up(order.number, order.secret, address_key=_address(world))
    assert view.lines
    return True


def logs_in(world: World) -> bool:
    """A member logs in, looks at what is held, and logs out."""
    life = world.any_member()
    if life is None:
        return False
    session = log_in.log_in(
        life.person.login_id, life.password, language=KO, address_key=_address(world)
    )
    assert my_page.view(life.actor, stepped_up=False, language=KO).records
    log_in.log_out(session.key)
    return True


def moves_house(world: World) -> bool:
    """A member has another e-mail address, and says so."""
    life = world.any_member()
    if life is None:
        return False
    address = people.person().email
    correct.correct(life.actor, {"email": address}, stepped_up=True, language=KO)
    life.email = address
    world.known(life)
    return True


def agrees(world: World) -> bool:
    """A member allows something."""
    life = world.any_member()
    if life is None:
        return False
    offered = [one.name for one in consents.view(life.actor, KO).consents if not one.stands]
    if not offered:
        return False
    name = world.dice.choice(offered)
    try:
        consents.give(life.actor, name, language=KO, given=_goes_with(world, life, name))
    except Invalid:
        assert life.refused, "only a refusal of their own stands in the way"
        return True
    life.said(world.clock(), name, yes=True)
    return True


def _goes_with(world: World, life: Life, name: str) -> dict[Item, str]:
    """What somebody gives with a consent: a number, or a browser that lets itself be notified."""
    if name == PUSH:
        life.browser = browser(world.sandboxes["push"])
        world.by_browser[life.browser.id] = life
        return {Item.PUSH_ENDPOINT: life.browser.says()}
    item = {CALL: Item.CALL_PHONE, SMS: Item.PHONE}.get(name)
    return {item: life.phone} if item else {}


def withdraws(world: World) -> bool:
    """A member takes something back."""
    life = world.any_member()
    if life is None:
        return False
    standing = [one.name for one in consents.view(life.actor, KO).consents if one.stands]
    if not standing:
        return False
    name = world.dice.choice(standing)
    consents.withdraw(life.actor, name, language=KO)
    life.said(world.clock(), name, yes=False)
    return True


def refuses(world: World) -> bool:
    """A member refuses something for good, or lifts it."""
    life = world.any_member()
    if life is None:
        return False
    found = refusals.view(life.actor, KO)
    if not found:
        return False
    one = world.dice.choice(found)
    change = refusals.refuse(life.actor, one.name, stands=not one.stands, language=KO)
    (life.refused.discard if one.stands else life.refused.add)(one.name)
    for name in change.withdrawn:
        life.said(world.clock(), name, yes=False)
    return True


def waits(world: World) -> bool:
    """A member waits for what is sold out."""
    life = world.any_member()
    if life is None or not restock.offered():
        return False
    restock.wait(life.actor, str(world.shop[SOLD_OUT]), language=KO)
    return True


def complains(world: World) -> bool:
    """Somebody asks the desk."""
    life = world.any_member()
    if life is None:
        return False
    inquire.ask(inquiry(life.actor), life.actor, language=KO, address_key=_address(world))
    return True


def leaves(world: World) -> bool:
    """A member leaves, with a plan that adds up."""
    life = world.any_member()
    if life is None:
        return False
    plan = leave.plan(life.actor, language=KO)
    assert plan.now_count + plan.kept_count == len(plan.rows)
    leave.confirm(life.actor, life.password, language=KO)
    life.left = world.clock()
    return True


def a_child_asks(world: World) -> bool:
    """A child names a guardian, and nothing else; who turns 14 in this year, or later."""
    who = people.guardian()
    asked = children.asks(who)
    months = world.dice.choice((1, 2, 3, 6, 40))  # until they are surely of age
    then = world.today.year * 12 + world.today.month - 1 + months - 14 * 12
    born = f"{then // 12:04d}-{then % 12 + 1:02d}"
    life = world.born(Life(who, waiting=asked.key, born=born, email=who.email, phone=who.phone))
    world.families[who.email] = life
    return True


def a_child_wishes(world: World) -> bool:
    """A child asks the guardian for something."""
    found = [life for life in world.children() if not coming_of_age_asks(life)]
    if not found:
        return False
    life = world.dice.choice(found)
    child_wish.wish(life.actor, [(world.shop["TEA-G"], 1)], language=KO)
    return True


def a_guardian_looks(world: World) -> bool:
    """A guardian asks for a link to see what is held of the child."""
    found = [life for life in world.children() if life.number]
    if not found:
        return False
    guardian_portal.send_link(world.dice.choice(found).number, address_key=_address(world))
    return True


def coming_of_age_asks(life: Life) -> bool:
    """Whether the mall waits for the word of somebody who is of age now."""
    with keeper():
        return coming_of_age.must_answer(life.actor.subject)  # type: ignore[arg-type]  # they have an account


def silence_ended(world: World) -> int:
    """Whoever was 14 and never answered has no account any more; nobody else lost theirs."""
    ended = 0
    for life in world.children():
        if rows("SELECT 1 FROM accounts_credential WHERE subject_id = %s", [life.subject]):
            continue
        year, month = map(int, life.born.split("-"))
        assert (world.today.year - 14, world.today.month) > (year, month), (
            "too young to be forgotten"
        )
        life.left, ended = world.clock(), ended + 1
    return ended


def comes_of_age(world: World) -> bool:
    """Somebody who is 14 now says for themself whether they stay; some never do."""
    found = [life for life in world.children() if coming_of_age_asks(life)]
    if not found:
        return False
    life = world.dice.choice(found)
    typed = {"login_id": life.login_id, "password": life.password}
    if world.dice.random() < 0.3:
        coming_of_age.decline(typed, language=KO, address_key=_address(world))
        life.left = world.clock()
        return True
    own = people.person()
    coming_of_age.agree(
        {**typed, "email": own.email, "age_attested": "on", "terms": "on"},
        notice=coming_of_age.begin(KO).notice.hash,
        language=KO,
        address_key=_address(world),
    )
    life.person = replace(own, login_id=life.login_id)
    life.email, life.phone, life.born = own.email, own.phone, ""
    life.of_age = world.today
    world.known(life)
    return True


def asks_a_right(world: World) -> bool:
    """A member asks the rights desk for something in their own words."""
    life = world.any_member()
    if life is None:
        return False
    shown = rights_ask.begin(KO)
    typed = {"kind": "stop", "body": "광고 말고도 쓰지 말아 주세요.", "notice": shown.notice.hash}
    rights_ask.ask(life.actor, typed, language=KO)
    return True


def calls(world: World) -> bool:
    """Somebody of the mall calls who is to be called about an advertisement, until nobody is left."""
    caller, made = world.staff["clerk"].actor, 0
    for line in [line for line in call_desk.view(caller).lines if line.due]:
        while made < CALLS and isinstance(
            shown := call_desk.next_number(line.campaign.id, actor=caller), call_desk.Shown
        ):
            world.called(shown.number)
            world.move_to(world.now + timedelta(minutes=1))  # they talk
            outcome = world.dice.choice(list(Outcome))
            notes(shown, outcome, caller)
            if outcome is Outcome.NO_MORE:
                world.by_phone[shown.number].said(world.clock(), CALL, yes=False)
            made += 1
    return made > 0


CALLS = 10
"""As many as one caller makes between two looks at the clock."""


def hands_over(world: World) -> bool:
    """The clerk hands what is paid to the courier."""
    clerk = world.staff["clerk"]
    with keeper():
        paid = finding.in_states([OrderState.PAID], limit=100)
    if not paid:
        return False
    dispatch.dispatch([order.id for order in paid], clerk.actor)
    return True


def _address(world: World) -> str:
    return f"198.51.100.{world.dice.randrange(1, 250)}"


ACTS: dict[Act, float] = {
    joins: 12,
    buys: 30,
    buys_as_guest: 10,
    looks_up: 4,
    logs_in: 12,
    moves_house: 4,
    agrees: 12,
    withdraws: 6,
    refuses: 4,
    waits: 3,
    complains: 3,
    leaves: 3,
    a_child_asks: 4,
    a_child_wishes: 3,
    a_guardian_looks: 2,
    comes_of_age: 2,
    asks_a_right: 2,
}
"""How often each happens, beside the others."""
