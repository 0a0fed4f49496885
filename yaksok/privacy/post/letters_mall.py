"""What the mall writes about orders, goods, membership and its policy, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.privacy.post.templates import Draft, Template
from yaksok.privacy.post.tokens import EMAIL

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        Template.ORDER_PAID: Draft(
            Text(ko="주문 {number}의 결제가 끝났어요", en="Your order {number} is paid"),
            Text(
                ko="주문번호: {number}\n결제한 금액: {total}\n\n이제 상품을 챙겨 택배회사에 맡길게요.\n\n주문 보기: {link}",
                en="Order number: {number}\nPaid: {total}\n\nWe now pack your goods and hand them to the"
                " courier.\n\nSee the order: {link}",
            ),
            frozenset({"number", "total", "path"}),
            sms=Text(
                ko="주문 {number} 결제 완료 {total} {link}",
                en="Order {number} paid: {total} {link}",
            ),
        ),
        Template.ORDER_SHIPPED: Draft(
            Text(ko="주문하신 상품이 출발했어요: {number}", en="Your order {number} is on its way"),
            Text(
                ko="주문번호: {number}\n택배회사: {courier}\n운송장 번호: {tracking}\n\n택배회사에는 받는 분의 이름, 주소,"
                " 전화번호만 알렸어요.\n\n배송 보기: {link}",
                en="Order number: {number}\nCourier: {courier}\nTracking number: {tracking}\n\nThe courier"
                " was told the recipient's name, address and telephone number, and nothing else.\n\nFollow it: {link}",
            ),
            frozenset({"number", "courier", "tracking", "path"}),
            sms=Text(
                ko="주문 {number} 상품이 출발했어요. {courier} 운송장 {tracking}\n{link}",
                en="Order {number} is on its way. {courier}, tracking no. {tracking}\n{link}",
            ),
        ),
        Template.POLICY_CHANGE: Draft(
            Text(
                ko="{day}부터 바뀌는 개인정보처리방침을 알려 드려요",
                en="Our privacy policy changes on {day}",
            ),
            Text(
                ko="개인정보처리방침이 {day}부터 바뀌어요. 아래 사항은 한 분 한 분께 동의를 여쭤요.\n\n{what}\n\n동의하지"
                " 않거나 답하지 않으셔도 불이익이 없어요. 답하지 않으시면 동의하지 않으신 것으로 알고, 새 이용은 회원님의"
                " 정보에 미치지 않아요. 답은 언제든 바꿀 수 있어요.\n\n바뀌는 곳을 보고 답하기: {link}",
                en="Our privacy policy changes on {day}. We ask each member about the following.\n\n{what}\n\n"
                "Saying no, or nothing, has no disadvantage. No answer counts as no, and the new use does not"
                " touch your data. You can change your answer at any time.\n\nSee what changes, and answer: {link}",
            ),
            frozenset({"what", "day", "path"}),
        ),
        Template.RESTOCKED: Draft(
            Text(ko="다시 들어왔어요: {product}", en="Back in stock: {product}"),
            Text(
                ko="기다리신 상품이 다시 들어왔어요.\n\n{product}\n\n따로 챙겨 두지는 않으니, 먼저 주문하시는 분께 가요. 이 알림은 한"
                " 번만 보내고, 기다리셨다는 기록은 지웠어요.\n\n상품 보기: {link}",
                en="What you waited for is back.\n\n{product}\n\nNone is set aside: it goes to whoever orders"
                " first. We write once only, and have deleted the note that you waited.\n\nSee it: {link}",
            ),
            frozenset({"product", "path"}),
        ),
        Template.REVIEW_HIDDEN: Draft(
            Text(ko="쓰신 후기를 상품 화면에서 가렸어요", en="Your review is hidden for now"),
            Text(
                ko="쓰신 후기를 상품 화면에서 가렸어요.\n\n까닭: {why}\n\n고치시면 다시 살펴보고, 지우실 수도"
                " 있어요. 잘못 가렸다고 생각하시면 1:1 상담메일로 알려 주세요.\n\n내 후기 보기: {link}",
                en="Your review is not shown with the goods any more.\n\nReason: {why}\n\nIf you change it"
                " we look again; you can also delete it. If you think that this is wrong, write to us by"
                " 1:1 mail.\n\nSee your reviews: {link}",
            ),
            frozenset({"why", "path"}),
        ),
        Template.WELCOME: Draft(
            Text(ko="{mall} 회원이 되신 것을 환영해요", en="Welcome to {mall}"),
            Text(
                ko="가입이 끝났어요. 아래 주소를 열면 이 이메일이 본인 것임이 확인돼요. 이틀 동안 쓸 수 있어요.\n\n{link}\n\n"
                "가입한 적이 없다면 이 편지를 그냥 버려 주세요.",
                en="You are a member now. Open this address to confirm that this e-mail is yours; it works"
                " for two days.\n\n{link}\n\nIf you did not sign up, simply discard this letter.",
            ),
            frozenset({"path"}),
            proves=EMAIL,
        ),
        Template.EMAIL_PROOF: Draft(
            Text(ko="바뀐 이메일을 확인해 주세요", en="Please confirm your new e-mail address"),
            Text(
                ko="아래 주소를 열면 이 이메일이 본인 것임이 확인돼요. 이틀 동안 쓸 수 있어요.\n\n{link}",
                en="Open this address to confirm that this e-mail is yours; it works for two days.\n\n{link}",
            ),
            frozenset({"path"}),
            proves=EMAIL,
        ),
        Template.GOODBYE: Draft(
            Text(ko="탈퇴 처리가 끝났어요", en="Your membership has ended"),
            Text(
                ko="회원 정보를 파기했어요. 이 편지가 마지막이고, 보내자마자 주소도 남기지 않아요.\n\n탈퇴할 때 받은 파기"
                " 증명서는 계정 없이도 여기에서 확인할 수 있어요: {link}",
                en="What we held about you as a member was destroyed. This is the last letter; not even the"
                " address stays here.\n\nThe certificate you were given can be checked here without an"
                " account: {link}",
            ),
            frozenset({"path"}),
        ),
    }
)
