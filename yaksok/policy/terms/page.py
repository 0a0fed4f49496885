"""The terms of service with the words and figures of one policy."""

from types import MappingProxyType

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Text
from yaksok.policy.law.tables import Country, deadline, notice_lead, row_of, tables
from yaksok.policy.pages.rows import Line, table
from yaksok.policy.pages.shapes import ArticleText, Chapter, Table, TermsPage
from yaksok.policy.retention import Period
from yaksok.policy.terms import c1_general, c2_membership, c3_orders, c4_withdrawal, c5_care
from yaksok.policy.terms.article import Article
from yaksok.policy.vocabulary import Language, Minors, Profile

_DELIVERED_BY = Text(ko="택배회사", en="a courier")

_MEDIATION = MappingProxyType(
    {
        False: Text(
            ko="해결되지 않으면 한국소비자원 소비자분쟁조정위원회나 전자문서·전자거래분쟁조정위원회에 조정을 신청할 수 있습니다.",
            en="If that does not help, users may turn to the mediation committee of the Korea Consumer Agency or the Electronic Document and Transaction Dispute Mediation Committee.",
        ),
        True: Text(
            ko="해결되지 않으면 사는 곳의 소비자 분쟁 해결 기구나 유럽 소비자 센터에 도움을 청할 수 있습니다.",
            en="If that does not help, consumers may turn to a body for consumer disputes or to the European Consumer Centre where they live.",
        ),
    }
)

_COURT = MappingProxyType(
    {
        False: Text(
            ko="이 약관에는 대한민국 법을 적용합니다. 소송은 낼 때 이용자의 주소를 관할하는 지방법원에 냅니다.",
            en="The law of the Republic of Korea applies. Suits are brought before the district court of the user's address at the time.",
        ),
        True: Text(
            ko="소비자가 사는 나라의 강행 규정이 주는 보호는 그대로입니다. 소비자는 사는 곳의 법원에 소송을 낼 수 있습니다.",
            en="Consumers keep the protection that the mandatory rules of their country of residence give, and may sue where they live.",
        ),
    }
)


def terms(policy: Policy, language: Language) -> TermsPage:
    """The terms of the mall that ``policy`` describes; nothing in them changes any more."""
    words = _parameters(policy, language)
    return TermsPage(
        version=policy.version,
        effective=policy.effective.isoformat(),
        profile=policy.profile.value,
        language=language,
        mall=policy.document.body.mall.name.in_(language),
        chapters=tuple(
            Chapter(
                number,
                title.in_(language),
                tuple(_article(article, words, language) for article in articles),
            )
            for number, (title, articles) in enumerate(chapters(policy.profile), start=1)
        ),
        company=_company(policy, language),
    )


def chapters(profile: Profile) -> tuple[tuple[Text, tuple[Article, ...]], ...]:
    """The articles by chapter; how goods are taken back depends on ``profile``."""
    back = c4_withdrawal.EUROPEAN if profile is Profile.LAWFUL_EU else c4_withdrawal.KOREAN
    return (
        (c1_general.TITLE, c1_general.ARTICLES),
        (c2_membership.TITLE, c2_membership.ARTICLES),
        (c3_orders.TITLE, c3_orders.ARTICLES),
        (c4_withdrawal.TITLE, (back,)),
        (c5_care.TITLE, c5_care.ARTICLES),
    )


def _article(article: Article, words: dict[str, str], language: Language) -> ArticleText:
    return ArticleText(
        article.number,
        article.title.in_(language),
        tuple(one.in_(language).format_map(words) for one in article.paragraphs),
    )


def _parameters(policy: Policy, language: Language) -> dict[str, str]:
    body = policy.document.body
    european = policy.profile is Profile.LAWFUL_EU
    courier = body.recipients.get("courier")
    minors = {
        Minors.REFUSED: Text(ko="그보다 어리면 가입할 수 없습니다.", en="Nobody younger can join."),
        Minors.GUARDIAN: Text(
            ko="그보다 어리면 법정대리인의 동의가 있어야 합니다.",
            en="Anybody younger needs the consent of a guardian.",
        ),
    }[body.children.minors]
    return {
        "mall": body.mall.name.in_(language),
        "company": body.mall.company.in_(language),
        "phone": body.mall.phone,
        "email": body.mall.email,
        "courier": (courier.company if courier else _DELIVERED_BY).in_(language),
        "age": str(body.children.age),
        "minors": minors.in_(language),
        "demand_persons": str(body.legal_demands.persons if body.legal_demands else 2),
        "mediation": _MEDIATION[european].in_(language),
        "court": _COURT[european].in_(language),
        **_figures(policy),
    }


def withdrawal(policy: Policy) -> Period:
    """How long the buyer of goods can take the order back, by the law of the profile."""
    law: Country = "eu" if policy.profile is Profile.LAWFUL_EU else "kr"
    return Period.parse(row_of(tables(law).withdrawal, "offer", policy.effective).period)


def _figures(policy: Policy) -> dict[str, str]:
    """Days that a law sets, as it stands on the day on which ``policy`` takes effect."""
    at = policy.effective
    law: Country = "eu" if policy.profile is Profile.LAWFUL_EU else "kr"
    rows = {
        "notice_days": notice_lead(at, adverse=False, country=law),
        "adverse_days": notice_lead(at, adverse=True, country=law),
        "hearing_days": deadline("dispute_explanation", at),
    }
    days = {name: Period.parse(row.period).days for name, row in rows.items()}
    days["withdrawal_days"] = withdrawal(policy).days
    return {name: str(number) for name, number in days.items()}


def _company(policy: Policy, language: Language) -> Table:
    mall = policy.document.body.mall
    lines: list[Line] = [
        (key, (title.in_(language), value))
        for key, title, value in (
            ("company", Text(ko="상호", en="Company"), mall.company.in_(language)),
            (
                "representative",
                Text(ko="대표자", en="Representative"),
                mall.representative.in_(language),
            ),
            ("address", Text(ko="주소", en="Address"), mall.address.in_(language)),
            ("phone", Text(ko="전화", en="Phone"), mall.phone),
            ("email", Text(ko="이메일", en="E-mail"), mall.email),
            ("business", Text(ko="사업자등록번호", en="Business number"), mall.business_number),
            (
                "mail-order",
                Text(ko="통신판매업 신고번호", en="Mail-order number"),
                mall.mail_order_number.in_(language) if mall.mail_order_number else "",
            ),
            ("hosting", Text(ko="호스팅", en="Hosting"), mall.hosting.in_(language)),
        )
        if value
    ]
    columns = (Text(ko="무엇", en="What"), Text(ko="내용", en="Details"))
    title = Text(ko="회사 정보", en="The company")
    return table("t-company", title, columns, lines, language)
