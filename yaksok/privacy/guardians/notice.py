"""What a child is told before any input, in a child's words (P9.1)."""

from yaksok.policy.in_force import policy
from yaksok.policy.vocabulary import Language

TEXT = {
    Language.KOREAN: (
        "만 {age}세가 안 됐다면, 나에 대한 것을 혼자 적어서 보내면 안 돼요.",
        "이름이나 전화번호, 주소는 소중한 정보예요. 보내기 전에 꼭 부모님이나 보호자께 물어봐요.",
        "지금은 아무것도 적지 않아도 돼요. 여기서 적은 것도, 남은 것도 없어요.",
        "사고 싶은 것이 있으면 보호자께 대신 주문해 달라고 부탁해요.",
    ),
    Language.ENGLISH: (
        "If you are younger than {age}, please do not send anything about yourself on your own.",
        (
            "Your name, your phone number and where you live are precious. Before you send them, ask"
            " your parents or whoever looks after you."
        ),
        "You need not write anything now. Nothing was written down here, and nothing is kept.",
        "If there is something you would like, ask a grown-up to order it for you.",
    ),
}


ASKING = {
    Language.KOREAN: (
        "여기에는 보호자의 이름과, 이메일이나 전화번호만 적어요. 나에 대한 것은 아직 아무것도 적지 않아요.",
        "보호자께 편지를 보내서 괜찮은지 여쭤볼게요. 닷새 동안 답이 없으면 적은 것을 모두 지워요.",
    ),
    Language.ENGLISH: (
        (
            "Here you only write the name of whoever looks after you, and an e-mail address or a phone number"
            " of theirs. Write nothing about yourself yet."
        ),
        (
            "We send them a letter and ask whether it is all right. If they do not answer in five days, we"
            " delete what you wrote."
        ),
    ),
}
"""What is said above the only two things that a child is asked for."""


def asking_first(language: Language) -> tuple[str, ...]:
    """The sentences above the form for the guardian's name and contact."""
    return ASKING[language]


def for_children(language: Language) -> tuple[str, ...]:
    """The sentences, in order, with the age of the policy in force."""
    age = policy().document.body.children.age
    return tuple(sentence.format(age=age) for sentence in TEXT[language])
