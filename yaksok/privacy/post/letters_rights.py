"""Letters about a person's own requests: that one came, what became of it, and where to turn."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.privacy.post.templates import Draft, Template

RIGHTS = "rights"
"""What the reader of a link shows: that the address which the mall holds is theirs."""

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        Template.RIGHTS_RECEIVED: Draft(
            Text(ko="요청을 받았어요: {number}", en="We received your request {number}"),
            Text(
                ko="개인정보에 관한 요청을 받았어요.\n\n접수번호: {number}\n답을 드리는 날: {day}까지\n\n진행 상황 보기: {link}",
                en="We received a request about your data.\n\nNumber: {number}\nAnswered by: {day}\n\nSee how"
                " it stands: {link}",
            ),
            frozenset({"number", "day", "path"}),
        ),
        Template.RIGHTS_ANSWERED: Draft(
            Text(ko="요청에 답했어요: {number}", en="Your request {number} is answered"),
            Text(
                ko="접수번호 {number}의 요청을 처리했어요.\n\n{what}\n\n답 보기: {link}\n\n답이 맞지 않다고 생각하시면 같은 곳에서"
                " 이의를 제기할 수 있고, 다른 사람이 다시 판단해요.",
                en="Your request {number} has been dealt with.\n\n{what}\n\nSee the answer: {link}\n\nIf you"
                " think that it is wrong you can object there, and somebody else decides again.",
            ),
            frozenset({"number", "what", "path"}),
        ),
        Template.RIGHTS_REFUSED: Draft(
            Text(ko="요청을 들어드리지 못했어요: {number}", en="Your request {number} was refused"),
            Text(
                ko="접수번호 {number}의 요청을 들어드리지 못했어요. 까닭은 이것이에요.\n\n{ground}\n근거: {article}\n\n답 보기와"
                " 이의제기: {link}\n\n이의를 제기하시면 다른 사람이 다시 판단해요.",
                en="Your request {number} was refused, for this reason:\n\n{ground}\nLaw: {article}\n\nSee the"
                " answer, and object: {link}\n\nIf you object, somebody else decides again.",
            ),
            frozenset({"number", "ground", "article", "path"}),
        ),
        Template.RIGHTS_EXTENDED: Draft(
            Text(
                ko="답을 드리는 날이 늦어져요: {number}",
                en="Your request {number} takes longer",
            ),
            Text(
                ko="접수번호 {number}의 요청에 답하는 데 시간이 더 필요해요.\n\n답을 드리는 날: {day}까지\n근거: {article}\n\n진행"
                " 상황 보기와 이의제기: {link}",
                en="We need more time for your request {number}.\n\nAnswered by: {day}\nLaw: {article}\n\nSee how"
                " it stands, and object: {link}",
            ),
            frozenset({"number", "day", "article", "path"}),
        ),
        Template.RIGHTS_LINK: Draft(
            Text(
                ko="본인인지 확인해 주세요",
                en="Please show that it is you",
            ),
            Text(
                ko="개인정보에 관한 요청이 있었어요. 본인이 요청하셨다면 아래 주소를 열어 주세요. 처음 연 때부터 30분 동안, 늦어도"
                " 이틀 안에 쓸 수 있어요.\n\n{link}\n\n이 주소를 열면 본인으로 확인되니 다른 사람에게 넘기지 마세요. 요청하신 적이"
                " 없다면 열지 말고 이 편지를 버려 주세요.",
                en="Somebody asked for something about your data. If it was you, open this address. It works"
                " for 30 minutes from when it is first opened, and for two days at most.\n\n{link}\n\nOpening"
                " it shows that you are the person, so do not pass it on. If you did not ask, do not open it,"
                " and discard this letter.",
            ),
            frozenset({"path"}),
            proves=RIGHTS,
        ),
    }
)
