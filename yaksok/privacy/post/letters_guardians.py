"""What the mall writes to a child's guardian, in both languages. None names the child, or the guardian."""

from collections.abc import Mapping
from types import MappingProxyType

from yaksok.policy.entries import Text
from yaksok.privacy.post.templates import Draft, Template
from yaksok.privacy.post.tokens import GUARDIAN_ASKED, GUARDIAN_PORTAL, GUARDIAN_WISH

DRAFTS: Mapping[Template, Draft] = MappingProxyType(
    {
        Template.GUARDIAN_ASKED: Draft(
            Text(
                ko="자녀가 {mall}에 가입하고 싶어해요. 허락하실지 알려 주세요",
                en="Your child would like to join {mall}: may they?",
            ),
            Text(
                ko="어떤 어린이가 {mall}에 가입하고 싶다며 보호자로 이 주소를 적었어요. 지금까지 받은 것은 보호자의 이름과"
                " 연락처뿐이에요. {day}까지 답이 없으면 그것도 지워요.\n\n무엇을 받고 왜 받는지 읽고 답하기:\n{link}\n\n확인"
                " 코드: {code}\n종이로 답하실 때 적을 번호: {number}\n\n링크와 코드를 다른 사람에게 보내지 마세요. 보호자가"
                " 아니시라면 링크를 열어 아니라고 눌러 주세요. 바로 지워요.",
                en="A child would like to join {mall}, and gave this address as that of their guardian. All we have"
                " so far is the guardian's name and contact. Without an answer by {day} that is deleted too.\n\n"
                "Read what we would take and why, and answer:\n{link}\n\nCode: {code}\nNumber for an answer on"
                " paper: {number}\n\nDo not pass on link or code. If you are not the guardian, open the link and"
                " say so; then it is deleted at once.",
            ),
            frozenset({"path", "day", "number"}),
            sms=Text(
                ko="자녀의 가입을 허락하실지 알려 주세요({day}까지). 코드 {code} 번호 {number}\n{link}",
                en="Your child would like to join: may they? (by {day}) Code {code}, number {number}\n{link}",
            ),
            proves=GUARDIAN_ASKED,
            coded=True,
        ),
        Template.GUARDIAN_CONFIRMED: Draft(
            Text(
                ko="법정대리인의 동의가 확인됐어요",
                en="Your consent as a guardian is confirmed",
            ),
            Text(
                ko="자녀가 {mall}에 가입하는 데 동의하신 것이 확인됐어요. 확인한 방법: {method}\n\n보호자 번호: {number}\n\n이"
                " 번호를 아래 화면에 적으면 이 연락처로 링크를 보내 드려요. 그 링크로 자녀의 정보를 언제든 보고, 고치고, 지우고,"
                " 동의를 거둘 수 있어요.\n\n{link}\n\n동의하신 적이 없다면 바로 이 화면에서 거두어 주세요.",
                en="It is confirmed that you agreed to your child joining {mall}. How it was confirmed: {method}\n\n"
                "Your guardian number: {number}\n\nType it on the page below, and a link is sent to this address."
                " By that link you can see, correct and delete your child's data at any time, and withdraw your"
                " consent.\n\n{link}\n\nIf you never agreed, withdraw it there at once.",
            ),
            frozenset({"path", "number", "method"}),
            sms=Text(
                ko="자녀의 가입에 동의하신 것이 확인됐어요({method}). 보호자 번호 {number}\n보기·철회 {link}",
                en="Your consent to your child joining is confirmed ({method}). Guardian number {number}\n{link}",
            ),
        ),
        Template.GUARDIAN_PORTAL: Draft(
            Text(ko="자녀의 정보를 보는 링크", en="The link to your child's data"),
            Text(
                ko="아래 링크로 자녀의 정보를 보고, 고치고, 지우고, 동의를 거둘 수 있어요. 한 번만, 이틀 안에 쓸 수"
                " 있어요.\n\n{link}\n\n링크를 청하신 적이 없다면 그냥 버려 주세요.",
                en="By this link you can see, correct and delete your child's data, and withdraw your consent. It"
                " works once, within two days.\n\n{link}\n\nIf you did not ask for it, simply discard this.",
            ),
            frozenset({"path"}),
            sms=Text(
                ko="자녀의 정보를 보는 링크(한 번, 이틀 안에)\n{link}",
                en="The link to your child's data (once, within two days)\n{link}",
            ),
            proves=GUARDIAN_PORTAL,
        ),
        Template.GUARDIAN_WISH: Draft(
            Text(ko="자녀가 사고 싶은 것이 있대요", en="Your child would like to buy something"),
            Text(
                ko="자녀가 상품을 골랐어요. 주문하고 결제하고 받는 분은 보호자예요. 자녀의 정보는 택배회사에도 결제회사에도"
                " 가지 않아요.\n\n상품을 보고 주문하기 (한 번, 이틀 안에):\n{link}\n\n주문하지 않으시려면 아무것도 하지"
                " 않으셔도 돼요.",
                en="Your child has chosen goods. You would order, pay and receive them; nothing of your child goes to"
                " the courier or to whoever handles the payment.\n\nSee them, and order (once, within two days):"
                "\n{link}\n\nIf you do not want to, do nothing.",
            ),
            frozenset({"path"}),
            sms=Text(
                ko="자녀가 사고 싶은 것이 있대요. 보고 주문하기(한 번, 이틀 안에)\n{link}",
                en="Your child would like to buy something. See it (once, within two days)\n{link}",
            ),
            proves=GUARDIAN_WISH,
        ),
        Template.GUARDIAN_OVER: Draft(
            Text(ko="보호자의 권한이 끝났어요", en="Your say as a guardian has ended"),
            Text(
                ko="자녀가 이제 스스로 동의할 나이가 되어, 보호자로서 보고 고치고 거두실 수 있던 권한이 끝났어요. 보호자의"
                " 이름과 연락처, 확인 기록도 지웠어요. 이 편지가 마지막이에요.\n\n자녀가 {day}까지 로그인해서 스스로 동의하지"
                " 않으면 계정을 지워요.\n\n{link}",
                en="Your child is now of an age to consent alone, so your say as a guardian has ended. Your name and"
                " contact and the proof of your consent were deleted, and this is the last letter.\n\nUnless your"
                " child logs in by {day} and agrees, the account is deleted.\n\n{link}",
            ),
            frozenset({"path", "day"}),
            sms=Text(
                ko="자녀가 스스로 동의할 나이가 되어 보호자의 권한이 끝났고, 보호자의 정보는 지웠어요.",
                en="Your child is of an age to consent alone: your say has ended, and your data was deleted.",
            ),
        ),
        Template.GUARDIAN_WITHDRAWN: Draft(
            Text(
                ko="동의를 거두신 대로 지웠어요",
                en="Your consent is withdrawn, and the data deleted",
            ),
            Text(
                ko="동의를 거두신 대로 자녀의 정보와 보호자의 정보를 지웠어요. 이 편지가 마지막이고, 보내자마자 연락처도"
                " 남기지 않아요.\n\n화면에서 받은 파기 증명서는 여기에서 확인할 수 있어요: {link}",
                en="As you withdrew your consent, your child's data and yours were deleted. This is the last letter;"
                " not even the address stays here.\n\nThe certificate you were shown can be checked here: {link}",
            ),
            frozenset({"path"}),
            sms=Text(
                ko="동의를 거두신 대로 자녀와 보호자의 정보를 지웠어요.",
                en="As you withdrew your consent, your child's data and yours were deleted.",
            ),
        ),
    }
)
