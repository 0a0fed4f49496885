"""What the mall writes about inquiries. No letter says what was asked or what the answer is."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.privacy.post.templates import Draft, Template

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        Template.INQUIRY_ANSWERED: Draft(
            Text(
                ko="문의하신 {number}에 답을 드렸어요", en="We have answered your inquiry {number}"
            ),
            Text(
                ko="문의하신 것에 답을 드렸어요.\n\n접수번호: {number}\n\n답은 물어보신 분만 볼 수 있게 이 편지에 적지"
                " 않아요. 회원이라면 로그인하면 보이고, 아니라면 접수할 때 받은 확인번호가 필요해요.\n\n답 보기: {link}",
                en="We have answered what you asked.\n\nTicket: {number}\n\nSo that only you can read it, the"
                " answer is not in this letter. Members see it after logging in; otherwise you need the"
                " check code that you were given with the ticket.\n\nRead it: {link}",
            ),
            frozenset({"number", "path"}),
            sms=Text(ko="문의 {number}에 답했어요. {link}", en="Inquiry {number} answered: {link}"),
        ),
    }
)
