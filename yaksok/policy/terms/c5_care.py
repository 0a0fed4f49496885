"""Chapter 5: personal data, duties, liability and disputes, articles 15 to 20."""

from yaksok.policy.entries import Text
from yaksok.policy.terms.article import Article, P

TITLE = Text(ko="개인정보와 책임", en="Personal data and liability")

ARTICLES = (
    Article(
        15,
        Text(ko="개인정보의 보호", en="Personal data"),
        (
            P(
                ko="몰은 계약과 결제, 배송에 필요한 최소한의 개인정보만 받으며, 목적을 미리 알립니다. 자세한 것은 개인정보처리방침에 적습니다.",
                en="The mall takes only the personal data that contract, payment and delivery need, and says beforehand what for. The privacy policy has the details.",
            ),
            P(
                ko="받은 개인정보는 목적 밖으로 쓰지 않습니다. 목적이 바뀌면 다시 동의를 구하며, 이용자는 거절할 수 있습니다.",
                en="It is used for nothing else. If a purpose changes, consent is asked anew, and the user may refuse.",
            ),
            P(
                ko="몰은 이용자의 동의 없이 개인정보를 제3자에게 주지 않습니다. 다만 다음 두 가지 경우에는 그러하지 않습니다.\n1. 배송을 맡은 곳에 배송에 필요한 최소한의 정보(이름, 주소, 전화번호)를 알리는 경우\n2. 통계 작성, 학술 연구, 시장 조사에 필요하여 누구인지 알아볼 수 없는 형태로 주는 경우",
                en="The mall gives personal data to no third party without the user's consent, except in two cases:\n1. whoever delivers is told the least that delivery needs (name, address, phone)\n2. where statistics, academic research or market research need it, it is given in a form in which nobody can be recognised.",
            ),
            P(
                ko="법원이나 수사기관이 법에 따라 요구하면 법적 근거가 적힌 문서로만 받고, {demand_persons}명이 확인하며, 법이 허락하는 대로 본인에게 알립니다.",
                en="A demand of a court or an investigating authority under the law is met only in writing with its legal basis, checked by {demand_persons} persons, and told to the person as soon as the law allows.",
            ),
            P(
                ko="이용자는 언제든지 자신의 개인정보를 보고, 고치고, 지우게 하고, 동의를 거둘 수 있습니다. 만 {age}세 미만 어린이의 정보는 누구와도 나누지 않습니다.",
                en="A user may at any time see, correct and delete their data and withdraw a consent. Data of children under {age} is shared with nobody.",
            ),
        ),
    ),
    Article(
        16,
        Text(ko="몰의 의무", en="Duties of the mall"),
        (
            P(
                ko="몰은 법과 이 약관을 지키고, 상품을 꾸준하고 안전하게 제공하며, 이용자의 개인정보를 지키는 보안을 갖춥니다.",
                en="The mall keeps the law and these terms, serves steadily and safely, and protects personal data.",
            ),
            P(
                ko="상품을 부당하게 표시하거나 광고하여 이용자가 손해를 입으면 배상합니다. 이용자가 원하지 않는 광고를 보내지 않습니다.",
                en="Damage by unfair display or advertising of goods is paid for. No advertising is sent that the user does not want.",
            ),
        ),
    ),
    Article(
        17,
        Text(ko="이용자의 의무", en="Duties of users"),
        (
            P(
                ko="회원은 아이디와 비밀번호를 스스로 지키고 남에게 쓰게 하지 않습니다. 도난이나 도용을 알면 바로 몰에 알리고, 몰은 바로 막습니다.",
                en="Members keep their ID and password and let nobody else use them. Whoever learns of theft or misuse tells the mall at once, and the mall stops it at once.",
            ),
            P(
                ko="이용자는 거짓 내용을 적거나, 남의 정보를 도용하거나, 몰의 정보를 바꾸거나, 남의 권리를 침해하지 않습니다.",
                en="Users give no false details, misuse nobody's identity, alter nothing in the mall and infringe nobody's rights.",
            ),
        ),
    ),
    Article(
        18,
        Text(ko="게시물과 저작권", en="What users write, and copyright"),
        (
            P(
                ko="몰이 만든 글과 그림의 권리는 몰에, 이용자가 쓴 후기와 문의의 권리는 쓴 이용자에게 있습니다. 몰은 후기를 상품 화면에 보이는 데에만 쓰며, 이용자는 언제든지 지울 수 있습니다.",
                en="Rights in what the mall made are the mall's; rights in reviews and questions are those of the user who wrote them. The mall only shows them with the goods, and the user can delete them at any time.",
            ),
        ),
    ),
    Article(
        19,
        Text(ko="책임", en="Liability"),
        (
            P(
                ko="몰은 고의나 과실로 이용자에게 끼친 손해를 배상합니다. 이 약관의 어떤 조항도 법이 이용자에게 준 권리를 줄이지 않습니다.",
                en="The mall is liable for damage that it does wilfully or negligently. Nothing in these terms reduces a right that the law gives the user.",
            ),
            P(
                ko="천재지변처럼 어쩔 수 없는 일로 상품을 보낼 수 없으면 그동안 책임을 지지 않으며, 이용자는 계약을 풀고 낸 돈을 돌려받을 수 있습니다.",
                en="While force majeure keeps the goods from being sent the mall is not liable, and the user may end the contract and be paid back.",
            ),
        ),
    ),
    Article(
        20,
        Text(ko="분쟁의 해결", en="Disputes"),
        (
            P(
                ko="몰은 이용자의 의견과 불만을 먼저 처리합니다. 빨리 처리하기 어려우면 까닭과 일정을 바로 알립니다. 문의: {phone}, {email}",
                en="The mall deals with opinions and complaints first, and if that takes time says why and until when. Contact: {phone}, {email}",
            ),
            P(
                ko="{mediation}",
                en="{mediation}",
            ),
            P(ko="{court}", en="{court}"),
        ),
    ),
)
