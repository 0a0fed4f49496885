"""What the desk's closed words are called, and the beginnings of answers that staff often write."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.mall.desk.words import State, Topic, Way
from yaksok.policy.entries import Text

TOPICS: Mapping[Topic, Text] = MappingProxyType(
    {
        Topic.PRIVACY: Text(
            ko="개인정보에 관한 의견이나 불만", en="an opinion or complaint about privacy"
        ),
        Topic.RIGHTS: Text(
            ko="내 정보의 열람, 정정, 삭제, 처리정지",
            en="seeing, correcting, deleting or stopping my data",
        ),
        Topic.ORDER: Text(ko="주문과 결제", en="order and payment"),
        Topic.DELIVERY: Text(ko="배송", en="delivery"),
        Topic.RETURNS: Text(ko="취소, 반품, 교환", en="cancelling, returning, exchanging"),
        Topic.GOODS: Text(ko="상품", en="goods"),
        Topic.OTHER: Text(ko="그 밖의 일", en="something else"),
    }
)

STATES: Mapping[State, Text] = MappingProxyType(
    {
        State.OPEN: Text(ko="답을 준비하고 있어요", en="We are preparing the answer"),
        State.CHECKING: Text(ko="답을 준비하고 있어요", en="We are preparing the answer"),
        State.ANSWERED: Text(ko="답변 완료", en="Answered"),
        State.CLOSED: Text(ko="답 없이 마침", en="Closed without an answer"),
    }
)
"""Where a ticket stands, as the asker reads it. An answer that is not checked yet is none."""

WAYS: Mapping[Way, Text] = MappingProxyType(
    {
        Way.WEB: Text(ko="웹", en="web"),
        Way.PHONE: Text(ko="전화", en="phone"),
        Way.FAX: Text(ko="팩스", en="fax"),
        Way.POST: Text(ko="우편", en="post"),
        Way.MAIL: Text(ko="이메일", en="e-mail"),
    }
)

ANSWERS: Mapping[str, tuple[Text, Text]] = MappingProxyType(
    {
        "answer": (
            Text(ko="답변", en="Answer"),
            Text(
                ko="문의해 주셔서 고맙습니다.\n\n\n\n더 궁금하신 점이 있으면 언제든 다시 문의해 주세요.",
                en="Thank you for writing to us.\n\n\n\nPlease write again whenever something is unclear.",
            ),
        ),
        "complaint": (
            Text(ko="개인정보 불만에 대한 답", en="Answer to a privacy complaint"),
            Text(
                ko="말씀해 주신 일을 확인했습니다.\n\n확인한 것: \n고친 것: \n앞으로 달라지는 것: \n\n"
                "불편을 드려 죄송합니다.",
                en="We looked into what you told us.\n\nWhat we found: \nWhat we put right: \n"
                "What changes from now on: \n\nWe are sorry for the trouble.",
            ),
        ),
        "refusal": (
            Text(ko="요청을 들어 드리지 못할 때", en="When we cannot do what was asked"),
            Text(
                ko="요청하신 일을 다음 까닭으로 해 드리지 못합니다.\n\n까닭: \n근거: \n\n받아들이기 어려우시면"
                " 이 답에 대해 다시 문의하실 수 있고, 다른 직원이 다시 살펴봅니다.",
                en="We cannot do what you asked, for the following reason.\n\nReason: \nBasis: \n\nIf you"
                " do not accept this, write again: another member of staff will look at it anew.",
            ),
        ),
    }
)
"""How an answer can begin, by a name. Where else to turn stands below each, whatever is written."""

_ORDER = tuple(TOPICS)


def in_order() -> tuple[Topic, ...]:
    """The topics as a page offers them: privacy first."""
    return _ORDER
