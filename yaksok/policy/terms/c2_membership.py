"""Chapter 2: joining, leaving and losing membership, articles 6 to 8."""

from yaksok.policy.entries import Text
from yaksok.policy.terms.article import Article, P

TITLE = Text(ko="회원", en="Members")

ARTICLES = (
    Article(
        6,
        Text(ko="가입", en="Joining"),
        (
            P(
                ko="만 {age}세 이상이면 누구나 가입 양식을 적고 이 약관에 동의하여 가입할 수 있습니다. {minors}",
                en="Anybody aged {age} or older can join by filling in the form and agreeing to these terms. {minors}",
            ),
            P(
                ko="적은 내용이 거짓이거나 제7조에 따라 자격을 잃은 지 6개월이 지나지 않은 사람은 받지 않을 수 있습니다. 받지 않을 때는 까닭을 알립니다.",
                en="Somebody who gives false details, or who lost membership under article 7 less than 6 months ago, may be declined, and is told why.",
            ),
            P(
                ko="가입은 몰이 받아들였음을 알린 때 이루어집니다. 적은 내용이 바뀌면 '회원가입/변경' 화면에서 언제든지 고칠 수 있습니다.",
                en="Membership begins when the mall says that it is accepted. What was given can be corrected at any time on the page 'Membership'.",
            ),
        ),
    ),
    Article(
        7,
        Text(ko="탈퇴와 자격 상실", en="Leaving and losing membership"),
        (
            P(
                ko="회원은 언제든지 탈퇴를 요청할 수 있으며, 몰은 바로 처리합니다. 탈퇴가 가입보다 어렵지 않게 합니다.",
                en="A member may ask to leave at any time, and the mall acts at once. Leaving is no harder than joining.",
            ),
            P(
                ko="회원에게 다음 어느 하나에 해당하는 일이 있으면 몰은 회원 자격을 제한하거나 멈출 수 있습니다.\n1. 가입할 때 거짓 내용을 적은 경우\n2. 산 상품의 대금이나 몰에 갚아야 할 돈을 기한까지 내지 않은 경우\n3. 남의 이용을 방해하거나 남의 정보를 도용하여 거래 질서를 해친 경우\n4. 몰을 이용하여 법이나 이 약관이 금지하는 일을 한 경우",
                en="The mall may limit or suspend a membership if the member:\n1. gave false details when joining\n2. does not pay for goods, or a debt to the mall, when it is due\n3. hinders others or misuses somebody's identity\n4. uses the mall for what the law or these terms forbid.",
            ),
            P(
                ko="자격을 제한하거나 멈춘 뒤에 같은 일이 두 번 이상 되풀이되거나 30일 안에 그 까닭이 바로잡히지 않으면 몰은 회원 자격을 잃게 할 수 있습니다.",
                en="If after that the same happens twice or more, or is not put right within 30 days, the mall may end the membership.",
            ),
            P(
                ko="회원 자격을 잃게 할 때는 먼저 까닭을 적어 회원에게 알리고, 등록을 지우기 전에 {hearing_days}일 이상 설명할 기회를 드립니다. 이 결정은 기계가 아니라 두 사람이 함께 합니다.",
                en="Before a membership is ended the member is told the reason and has at least {hearing_days} days to explain. The decision is taken by two persons together, and never by a machine.",
            ),
            P(
                ko="탈퇴하거나 자격을 잃으면 개인정보는 개인정보처리방침 제3절에 따라 파기합니다.",
                en="When membership ends either way, personal data is destroyed as section 3 of the privacy policy says.",
            ),
        ),
    ),
    Article(
        8,
        Text(ko="회원에게 알리는 방법", en="How members are told"),
        (
            P(
                ko="몰은 회원이 적은 이메일로 알립니다.",
                en="Members are told by the e-mail address they gave.",
            ),
            P(
                ko="모든 회원에게 알릴 일은 공지 게시판에 {notice_days}일 이상 올리는 것으로 대신할 수 있습니다. 다만 회원의 거래에 큰 영향을 주는 일은 한 분 한 분께 알립니다.",
                en="What concerns all members may instead be posted on the board for at least {notice_days} days; what matters much to a member's own trade is told to each.",
            ),
        ),
    ),
)
