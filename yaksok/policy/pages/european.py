"""What articles 13 and 14 of the GDPR want beside the eleven sections."""

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Body, European, Text
from yaksok.policy.law.page import basis_words
from yaksok.policy.pages.names import country_name, listed
from yaksok.policy.pages.rows import NONE, Line, table
from yaksok.policy.pages.shapes import Cell, Table
from yaksok.policy.vocabulary import Basis, Language, Profile, Purpose

_REQUIRED: tuple[tuple[str, Text, Text], ...] = (
    (
        "required",
        Text(ko="필수 항목", en="Required items"),
        Text(
            ko="계약을 맺고 이행하는 데 필요합니다. 주지 않으시면 그 주문이나 가입을 처리할 수 없고, 그 밖의 불이익은 없습니다.",
            en="Needed to make and perform the contract. Without them that order or membership is not possible; nothing else follows.",
        ),
    ),
    (
        "optional",
        Text(ko="선택 항목", en="Optional items"),
        Text(
            ko="주지 않으셔도 됩니다. 아무 일도 없습니다.", en="Need not be given. Nothing follows."
        ),
    ),
)

_SOURCES: tuple[tuple[str, Text, Text], ...] = (
    (
        "yourself",
        Text(ko="본인", en="You"),
        Text(
            ko="적어 주신 것만 가지고 있습니다. 공개된 곳이나 다른 회사에서 모으지 않습니다.",
            en="We hold what you wrote yourself. Nothing is collected from public sources or other companies.",
        ),
    ),
    (
        "recipient",
        Text(ko="받는 분", en="Recipients of a parcel"),
        Text(
            ko="주문하신 분이 받는 분의 이름, 주소, 전화번호를 적습니다. 누가 적었는지 물으시면 알려 드립니다.",
            en="Whoever orders gives the recipient's name, address and phone number. Ask, and you are told who that was.",
        ),
    ),
)

_DUTIES = frozenset(
    {Purpose.LEGAL_DEMAND, Purpose.RIGHTS, Purpose.SECURITY, Purpose.STATUTORY_RECORD}
)
"""Purposes that a law imposes, whatever the record was first given for."""


def european_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """The part of its own; empty but for ``lawful_eu``."""
    european = policy.document.body.european
    if policy.profile is not Profile.LAWFUL_EU or european is None:
        return ()
    what, how = Text(ko="무엇", en="What"), Text(ko="어떻게", en="How it is")
    return (
        _controller(policy, european, language),
        _bases(policy, language),
        _pairs(
            "t-required",
            Text(ko="주셔야 하는 것과 아닌 것", en="What must be given, and what need not"),
            (what, how),
            _REQUIRED,
            language,
        ),
        _pairs(
            "t-source",
            Text(ko="정보가 어디에서 왔는지", en="Where the data comes from"),
            (Text(ko="누구의 정보", en="Whose data"), Text(ko="어디에서", en="From where")),
            _SOURCES,
            language,
        ),
        _authority(european, language),
    )


def _controller(policy: Policy, european: European, language: Language) -> Table:
    body = policy.document.body
    mall, manager = body.mall, body.officers.manager
    representative = european.representative
    lines: list[Line] = [
        (
            "controller",
            (Text(ko="컨트롤러", en="Controller").in_(language), mall.company.in_(language)),
        ),
        ("address", (Text(ko="주소", en="Address").in_(language), mall.address.in_(language))),
        ("contact", (Text(ko="연락처", en="Contact").in_(language), f"{mall.email}, {mall.phone}")),
        (
            "officer",
            (
                Text(ko="개인정보 보호책임자 (DPO)", en="Data protection officer").in_(language),
                f"{manager.name.in_(language)}, {manager.email}, {manager.phone}",
            ),
        ),
        (
            "representative",
            (
                Text(ko="유럽연합 안의 대리인", en="Representative in the Union").in_(language),
                (representative or NONE).in_(language),
            ),
        ),
    ]
    columns = (Text(ko="무엇", en="What"), Text(ko="누구", en="Who"))
    title = Text(ko="컨트롤러", en="Controller")
    return table("t-controller", title, columns, lines, language)


def _bases(policy: Policy, language: Language) -> Table:
    body = policy.document.body
    lines: list[Line] = []
    for purpose, entry in body.purposes.items():
        bases = sorted(bases_of(body, purpose), reverse=True)
        named = listed([basis_words(basis, policy.profile).in_(language) for basis in bases])
        lines.append((purpose.value, (entry.text.in_(language), named or NONE.in_(language))))
    columns = (Text(ko="목적", en="Purpose"), Text(ko="법적 근거", en="Legal basis"))
    title = Text(ko="목적과 법적 근거", en="Purposes and legal bases")
    return table("t-legal-bases", title, columns, lines, language)


def bases_of(body: Body, purpose: Purpose) -> set[Basis]:
    """By which rights items are used for ``purpose``, those included that ask a consent."""
    if purpose in _DUTIES:
        return {Basis.LEGAL_DUTY}
    found: set[Basis] = set()
    for record in body.records.values():
        if purpose in record.purposes:
            asked = {entry.consent or record.consent for entry in record.items.values()}
            found |= {record.basis} if None in asked else set()
            named = [body.consents[name] for name in asked if name is not None]
            found |= {Basis.CONSENT for one in named if purpose in one.purposes}
    return found


def _authority(european: European, language: Language) -> Table:
    words = Text(
        ko="사시거나 일하시는 곳, 또는 일이 일어난 곳의 감독기구에 불만을 내실 수 있습니다.",
        en="You may complain to the supervisory authority where you live or work, or where it happened.",
    )
    link = Cell(european.authority_url)
    lines: list[Line] = [
        (
            "authority",
            (
                european.authority.in_(language),
                country_name(european.state, language),
                link,
            ),
        )
    ]
    columns = (
        Text(ko="감독기구", en="Authority"),
        Text(ko="나라", en="Country"),
        Text(ko="주소", en="Address"),
    )
    title = Text(ko="감독기구에 불만 제기", en="Complaint to a supervisory authority")
    return table("t-authority", title, columns, lines, language, note=words)


def _pairs(
    key: str,
    title: Text,
    columns: tuple[Text, Text],
    rows: tuple[tuple[str, Text, Text], ...],
    language: Language,
) -> Table:
    lines: list[Line] = [(name, (one.in_(language), two.in_(language))) for name, one, two in rows]
    return table(key, title, columns, lines, language)
