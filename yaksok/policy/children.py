"""The policy in a child's words: short, for somebody of ten to thirteen, from the same tables."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Recipient, Text
from yaksok.policy.law.tables import tables
from yaksok.policy.pages.shapes import Block, ChildrensPage
from yaksok.policy.vocabulary import EndEvent, Item, Language, Minors, Purpose, RecordKind

PURPOSES = {
    Purpose.ADVERTISING: Text(
        ko="새 물건 소식을 알려 주려고. 좋다고 한 어른에게만 보내요.",
        en="To tell about new things in the shop. Only grown-ups who said yes get that.",
    ),
    Purpose.COMPLAINT: Text(
        ko="물어본 것에 답하려고.", en="To answer when somebody asks us something."
    ),
    Purpose.DELIVERY: Text(
        ko="산 물건을 집까지 보내려고.", en="To bring what was bought to the right door."
    ),
    Purpose.LEGAL_DEMAND: Text(
        ko="법원처럼 법으로 물을 수 있는 곳이 문서로 물으면 답하려고.",
        en="To answer when a court asks in writing, because a law says we must.",
    ),
    Purpose.GUARDIAN_CONSENT: Text(
        ko="부모님이나 보호자께 괜찮은지 물어보려고.",
        en="To ask parents, or whoever looks after a child, whether it is all right.",
    ),
    Purpose.MEMBER_SERVICE: Text(
        ko="회원이 들어와서 자기 주문을 볼 수 있게 하려고.",
        en="So that members can come in and see their own orders.",
    ),
    Purpose.ORDER: Text(ko="누가 무엇을 샀는지 알려고.", en="To know who bought what."),
    Purpose.PAYMENT: Text(
        ko="돈을 받고, 필요하면 돌려주려고.",
        en="To take the money, and to give it back if need be.",
    ),
    Purpose.PROGRAMME: Text(
        ko="좋다고 한 사람의 정보를, 이름을 알려 준 회사에 주려고. 어린이의 정보는 아무 데도 주지 않아요.",
        en="To give data of people who said yes to a company we named. A child's data goes to nobody.",
    ),
    Purpose.RESTOCK_NOTICE: Text(
        ko="기다리던 물건이 다시 들어오면 알려 주려고.",
        en="To say when something somebody waited for is back.",
    ),
    Purpose.RIGHTS: Text(
        ko="자기 정보를 보여 주고, 고치고, 지워 주려고.",
        en="To show people what we know of them, and to correct or delete it.",
    ),
    Purpose.SECURITY: Text(
        ko="다른 사람이 몰래 들어오지 않았는지 볼 수 있게 하려고.",
        en="So that people can see whether somebody else came in secretly.",
    ),
    Purpose.STAFF_AUTHENTICATION: Text(
        ko="가게에서 일하는 사람이 맞는지 확인하려고.",
        en="To make sure that somebody really works here.",
    ),
    Purpose.STATISTICS: Text(
        ko="몇 개가 팔렸는지 세려고. 누가 샀는지는 알 수 없게 세요.",
        en="To count how many things were sold, in a way that does not show who bought them.",
    ),
    Purpose.STATUTORY_RECORD: Text(
        ko="나라가 정한 법을 지키려고. 물건을 사고판 기록은 얼마 동안 남겨야 해요.",
        en="To obey the law. It says that notes about what was sold have to be kept for a while.",
    ),
}
"""Why the mall needs something, as a child would be told."""

ITEMS = {
    Item.ACCESS_POINT: Text(
        ko="언제 어디에서 들어왔는지", en="when somebody came in, and from where"
    ),
    Item.ADDRESS: Text(ko="사는 곳", en="where somebody lives"),
    Item.AGE_CLASS: Text(
        ko="혼자 정해도 되는 나이인지", en="whether somebody is old enough to decide alone"
    ),
    Item.ANSWER: Text(ko="우리가 한 대답", en="what we answered"),
    Item.BODY: Text(ko="물어보려고 적은 글", en="what somebody wrote to ask us"),
    Item.DOCUMENT: Text(
        ko="법원 같은 곳이 보낸 문서의 번호", en="the number of a letter from a court"
    ),
    Item.BIRTH_MONTH: Text(
        ko="태어난 해와 달 (며칠인지는 안 물어봐요)",
        en="the year and month of birth, never the day",
    ),
    Item.EMAIL: Text(ko="이메일 주소", en="an e-mail address"),
    Item.EXTRA: Text(
        ko="물건에 새길 글처럼 그 물건에만 필요한 것",
        en="what only that thing needs, like the words to write on it",
    ),
    Item.CALL_PHONE: Text(ko="광고 전화를 받을 번호", en="a phone number for calls with ads"),
    Item.GUARDIAN_EVIDENCE: Text(
        ko="정말 보호자가 맞는지 확인한 기록",
        en="a note of how we made sure that it was really a parent",
    ),
    Item.LOGIN_ID: Text(ko="들어올 때 쓰는 아이디", en="the name used to come in (the ID)"),
    Item.NAME: Text(ko="이름", en="a name"),
    Item.PASSWORD: Text(
        ko="비밀번호 (우리도 읽을 수 없게 바꿔 둬요)",
        en="a password (changed so that not even we can read it)",
    ),
    Item.PHONE: Text(ko="전화번호", en="a phone number"),
    Item.POSTCODE: Text(ko="우편번호", en="the postcode"),
    Item.PUSH_ENDPOINT: Text(
        ko="알림을 받을 브라우저 (어른에게만 물어봐요)",
        en="the browser that gets ads (only grown-ups are asked)",
    ),
    Item.RRN: Text(
        ko="주민등록번호 (여기에는 진짜 번호를 절대 적으면 안 돼요)",
        en="a resident number (never write a real one here)",
    ),
    Item.SAFE_NUMBER: Text(
        ko="전화번호 대신 잠깐 쓰는 번호",
        en="a number that is used for a while instead of the real one",
    ),
    Item.TOTP_SECRET: Text(
        ko="일하는 사람이 쓰는 두 번째 열쇠", en="a second key for people who work here"
    ),
}
"""What is asked, as a child would say it."""

_ENDS = {
    EndEvent.CASE_CLOSED: Text(
        ko="물어보고 답하는 일이 다 끝나면 지워요.",
        en="When the matter is settled, it is deleted.",
    ),
    EndEvent.CAME_OF_AGE: Text(
        ko="혼자 정해도 되는 나이가 되면, 언제 태어났는지는 지워요.",
        en="When somebody is old enough to decide alone, the month of birth is deleted.",
    ),
    EndEvent.ANSWERED: Text(
        ko="대답을 하고 3년이 지나면 지워요. 법이 그때까지 남겨 두라고 해서 그래요.",
        en="Three years after our answer it is deleted. The law wants it kept for so long.",
    ),
    EndEvent.DELIVERED: Text(
        ko="물건이 도착한 다음에 지워요. 물건이 잘못 왔을 때 바꿔 줄 시간이 지나야 해서, 바로는 아닐 수 있어요.",
        en="After the parcel has come it is deleted. Maybe not on the same day: first there is some time to send back what is wrong.",
    ),
    EndEvent.DEMAND_CLOSED: Text(
        ko="법원 같은 곳에 답한 다음, 정해진 시간이 지나면 지워요.",
        en="Some time after the court was answered, it is deleted.",
    ),
    EndEvent.EMPLOYMENT_ENDED: Text(
        ko="가게에서 일하던 사람이 그만두면 지워요.",
        en="When somebody stops working here, it is deleted.",
    ),
    EndEvent.GUARDIANSHIP_ENDED: Text(
        ko="보호자가 그만하겠다고 하거나 닷새 동안 답이 없으면, 보호자에 대한 것도 지워요.",
        en="When a parent says stop, or does not answer for five days, what we know of them is deleted.",
    ),
    EndEvent.LAW_PERIOD_ENDED: Text(
        ko="법이 남기라고 한 기록은 따로 잠가 두었다가 날짜가 되면 지워요.",
        en="What the law wants us to keep is locked away and deleted on its day.",
    ),
    EndEvent.MEMBERSHIP_ENDED: Text(
        ko="회원을 그만두면 지워요.", en="When a member leaves, it is deleted."
    ),
    EndEvent.RECORDED: Text(
        ko="적어 둔 날부터 정해진 날이 지나면 저절로 지워져요.",
        en="Some time after it was written down it is deleted by itself.",
    ),
}

_INSIDE = frozenset({RecordKind.LEGAL_DEMAND, RecordKind.STAFF_ACCOUNT})


def children(policy: Policy, language: Language) -> ChildrensPage:
    """The page for children; nothing in it changes any more."""
    mall = policy.document.body.mall.name.in_(language)
    return ChildrensPage(
        version=policy.version,
        effective=policy.effective.isoformat(),
        language=language,
        mall=mall,
        title=Text(ko="어린이를 위한 개인정보 이야기", en="Privacy, for children").in_(language),
        lead=Text(
            ko="이 가게가 사람들에 대해 무엇을 묻고, 왜 묻고, 어떻게 지키는지 쉽게 적었어요.",
            en="What this shop asks about people, why, and how it takes care of it, in plain words.",
        ).in_(language),
        blocks=(
            _you(policy, language),
            _what(policy, language),
            _why(policy, language),
            _who(policy, language),
            _how_long(policy, language),
            _grown_ups(language),
            _ask(policy, language),
        ),
    )


def _block(key: str, question: Text, lines: list[Text], language: Language) -> Block:
    return Block(key, question.in_(language), tuple(line.in_(language) for line in lines))


def _you(policy: Policy, language: Language) -> Block:
    children = policy.document.body.children
    alone = {
        Minors.REFUSED: Text(
            ko=f"{children.age}살이 안 됐으면 여기에 아무것도 적지 않아도 돼요. 우리는 어린이의 정보를 받지 않아요.",
            en=f"If you are younger than {children.age}, you need not write anything here. We take nothing from children.",
        ),
        Minors.GUARDIAN: Text(
            ko=f"{children.age}살이 안 됐으면 먼저 부모님이나 보호자가 좋다고 해야 해요. 그 전에는 보호자의 이름과 연락처만 물어봐요.",
            en=f"If you are younger than {children.age}, your parents or whoever looks after you must say yes first. Before that we only ask for their name and how to reach them.",
        ),
    }[children.minors]
    return _block(
        "you",
        Text(ko="나는 무엇을 조심해야 하나요?", en="What should I be careful about?"),
        [
            Text(
                ko="이름, 사는 곳, 전화번호는 소중해요. 함부로 알려 주지 말아요.",
                en="Your name, where you live and your phone number are precious. Do not give them away just like that.",
            ),
            alone,
            Text(
                ko="사고 싶은 것이 있으면 어른께 대신 주문해 달라고 해요.",
                en="If there is something you would like, ask a grown-up to order it.",
            ),
        ],
        language,
    )


def _what(policy: Policy, language: Language) -> Block:
    records = policy.document.body.records.items()
    items = dict.fromkeys(
        item for kind, record in records if kind not in _INSIDE for item in record.items
    )
    return _block(
        "what",
        Text(ko="무엇을 물어보나요?", en="What do we ask?"),
        [ITEMS[item] for item in items],
        language,
    )


def _why(policy: Policy, language: Language) -> Block:
    wanted = [p for p in policy.document.body.purposes if p is not Purpose.STAFF_AUTHENTICATION]
    last = Text(
        ko="적힌 것 말고 다른 일에는 절대 쓰지 않아요.", en="We never use it for anything else."
    )
    return _block(
        "why",
        Text(ko="왜 물어보나요?", en="Why do we ask?"),
        [*(PURPOSES[purpose] for purpose in wanted), last],
        language,
    )


def _who(policy: Policy, language: Language) -> Block:
    body = policy.document.body
    lines = [
        Text(
            ko=f"{one.company.ko}. 하는 일: {one.purpose.ko}. 알려 주는 것: {_said(one, Language.KOREAN)}.",
            en=f"{one.company.en}. What it does: {one.purpose.en}. What it is told: {_said(one, Language.ENGLISH)}.",
        )
        for one in body.recipients.values()
        if one.items
    ]
    lines.append(
        Text(
            ko=f"{body.children.age}살이 안 된 어린이의 정보는 아무에게도 주지 않아요. 광고도 보내지 않아요.",
            en=f"What belongs to a child younger than {body.children.age} is given to nobody, and no advertising is sent.",
        )
    )
    return _block("who", Text(ko="누구에게 알려 주나요?", en="Who else gets it?"), lines, language)


def _said(recipient: Recipient, language: Language) -> str:
    return ", ".join(ITEMS[item].in_(language) for item in recipient.items)


def _how_long(policy: Policy, language: Language) -> Block:
    rules = policy.retention.items()
    events = dict.fromkeys(rule.event for kind, rule in rules if kind not in _INSIDE)
    gone = Text(
        ko="지운 것은 우리도 다시 볼 수 없어요.", en="What is deleted, not even we can see again."
    )
    return _block(
        "how-long",
        Text(ko="언제까지 가지고 있나요?", en="How long do we keep it?"),
        [*(_ENDS[event] for event in events), gone],
        language,
    )


def _grown_ups(language: Language) -> Block:
    return _block(
        "grown-ups",
        Text(ko="나는 무엇을 할 수 있나요?", en="What can I do?"),
        [
            Text(
                ko="나에 대해 무엇을 알고 있는지 보여 달라고 할 수 있어요.",
                en="You can ask us to show what we know about you.",
            ),
            Text(
                ko="틀린 것은 고치고, 싫은 것은 지워 달라고 할 수 있어요.",
                en="You can ask us to correct what is wrong, and to delete what you do not want.",
            ),
            Text(
                ko="부모님이나 보호자가 대신 해 줄 수 있고, 우리는 꼭 들어줘요.",
                en="Your parents or whoever looks after you can do it for you, and we always do as they say.",
            ),
        ],
        language,
    )


def _ask(policy: Policy, language: Language) -> Block:
    body = policy.document.body
    manager = body.officers.manager
    outside = [
        Text(
            ko=f"속상한 일이 생기면 어른과 함께 {one.name.ko}({one.phone})에 물어볼 수 있어요.",
            en=f"If something is wrong, you and a grown-up can ask the {one.name.en} (phone {one.phone}).",
        )
        for one in [tables().remedy[name] for name in body.remedies[:1]]
    ]
    return _block(
        "ask",
        Text(ko="누구에게 물어보나요?", en="Whom can I ask?"),
        [
            Text(
                ko=f"{manager.name.ko} 님이 개인정보를 지키는 일을 맡고 있어요. 전화 {manager.phone}, 이메일 {manager.email}",
                en=f"{manager.name.en} looks after this. Phone {manager.phone}, e-mail {manager.email}",
            ),
            *outside,
        ],
        language,
    )
