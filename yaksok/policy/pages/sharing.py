"""Section 4: who receives what, by consent, without it, under contract, and abroad."""

from collections.abc import Iterator

from yaksok.policy.compile import Policy
from yaksok.policy.entries import Programme, Recipient, Text
from yaksok.policy.pages.names import case_name, country_name, item_name, listed
from yaksok.policy.pages.rows import NONE, Line, table, told
from yaksok.policy.pages.shapes import Table
from yaksok.policy.vocabulary import Item, Language, NoConsentCase

_COMPANY = Text(ko="받는 곳", en="Who")
_PURPOSE = Text(ko="목적", en="Purpose")
_ITEMS = Text(ko="항목", en="Items")
_KEPT = Text(ko="보유 기간", en="Kept")
_COUNTRY = Text(ko="나라", en="Country")
_REFUSING = Text(
    ko="동의하지 않아도 되고, 언제든 거둘 수 있으며, 그 때문에 잃는 것은 없습니다.",
    en="You may refuse, or withdraw at any time, and lose nothing by it.",
)


def sharing_tables(policy: Policy, language: Language) -> tuple[Table, ...]:
    """Provision, cases without consent, entrusted work, and what goes abroad."""
    return (
        _provision(policy, language),
        _without_consent(policy, language),
        _entrustment(policy, language),
        *_push(policy, language),
        _overseas(policy, language),
    )


def abroad(policy: Policy) -> tuple[str, ...]:
    """The countries, other than the mall's own, to which personal data goes."""
    body = policy.document.body
    codes = [body.mall.host_country]
    codes += [one.country for one in body.recipients.values() if one.items]
    codes += [one.country for one in body.processors.values() if one.items]
    return tuple(dict.fromkeys(code for code in codes if code != body.mall.country))


def by_consent(policy: Policy) -> dict[str, Recipient]:
    """Third parties that receive something only if the person agreed."""
    recipients = policy.document.body.recipients
    return {k: r for k, r in recipients.items() if r.without_consent is None and r.items}


def _items(items: tuple[Item, ...], language: Language) -> str:
    return listed([item_name(item, language) for item in items]) or NONE.in_(language)


def _provision(policy: Policy, language: Language) -> Table:
    programmes = {p.recipient: p for p in policy.document.body.programmes.values()}
    lines: list[Line] = [
        (
            name,
            (
                told(one.company.in_(language)),
                told(one.purpose.in_(language)),
                told(_items(one.items, language)),
                told(one.keeps.in_(language)),
                _benefit(programmes.get(name), language),
            ),
        )
        for name, one in by_consent(policy).items()
    ]
    return table(
        "t-provision",
        Text(ko="동의를 받아 제공하는 곳", en="Given to third parties by consent"),
        (_COMPANY, _PURPOSE, _ITEMS, _KEPT, Text(ko="회원에게 좋은 점", en="What you gain")),
        lines,
        language,
        empty=Text(
            ko="지금은 개인정보를 제공하는 제3자가 없습니다.",
            en="At present no third party is given personal data.",
        ),
        note=_REFUSING if lines else None,
    )


def _benefit(programme: Programme | None, language: Language) -> str:
    if programme is None:
        return NONE.in_(language)
    starts, ends = programme.starts.isoformat(), programme.ends.isoformat()
    return f"{programme.benefit.in_(language)} ({starts} ~ {ends})"


def _without_consent(policy: Policy, language: Language) -> Table:
    body = policy.document.body
    lines: list[Line] = [
        (
            name,
            (
                case_name(one.without_consent, language),
                told(one.company.in_(language)),
                told(one.purpose.in_(language)),
                told(_items(one.items, language)),
                told(one.keeps.in_(language)),
            ),
        )
        for name, one in body.recipients.items()
        if one.without_consent is not None
    ]
    if not any(r.without_consent is NoConsentCase.STATISTICS for r in body.recipients.values()):
        nobody = Text(ko="지금은 없음", en="nobody at present")
        purpose = Text(
            ko="통계, 학술 연구, 시장 조사", en="statistics, academic or market research"
        )
        least = body.statistics.smallest_cell if body.statistics else 0
        form = Text(
            ko="개인 항목 없음" + (f" ({least}명 이상의 합계만)" if least else ""),
            en="no item of a person" + (f" (totals of {least} or more only)" if least else ""),
        )
        words = (nobody, purpose, form, NONE)
        case = case_name(NoConsentCase.STATISTICS, language)
        lines.append(("statistics", (case, *(word.in_(language) for word in words))))
    demands = body.legal_demands
    return table(
        "t-without-consent",
        Text(ko="동의 없이 알리는 경우", en="Told to others without consent"),
        (Text(ko="경우", en="Case"), _COMPANY, _PURPOSE, _ITEMS, _KEPT),
        lines,
        language,
        note=demands.text if demands else None,
    )


def _entrustment(policy: Policy, language: Language) -> Table:
    body = policy.document.body
    lines: list[Line] = [
        (name, (r.company.in_(language), r.purpose.in_(language), _items(r.items, language), ""))
        for name, r in body.recipients.items()
        if r.entrusted
    ]
    for name, one in body.processors.items():
        until = one.contract_until.isoformat() if one.contract_until else ""
        company = one.company.in_(language)
        if one.subprocessors:
            again = Text(ko="다시 맡긴 곳", en="passed on to").in_(language)
            company = f"{company} ({again}: {listed(list(one.subprocessors))})"
        lines.append((name, (company, one.work.in_(language), _items(one.items, language), until)))
    open_end = Text(ko="계약이 끝날 때까지", en="until the contract ends").in_(language)
    lines = [(key, (*cells[:3], cells[3] or open_end)) for key, cells in lines]
    columns = (
        Text(ko="맡은 곳", en="Who"),
        Text(ko="맡은 일", en="Work"),
        _ITEMS,
        Text(ko="기간", en="Until"),
    )
    return table(
        "t-entrustment",
        Text(ko="처리를 맡긴 곳 (처리위탁)", en="Entrusted with work"),
        columns,
        lines,
        language,
        empty=Text(ko="처리를 맡긴 곳이 없습니다.", en="Nobody is entrusted with any of it."),
        note=Text(
            ko="계약서에 맡긴 일 말고는 쓰지 못하고, 안전하게 다루고, 다시 맡기지 못하도록 적고 지키는지 살핍니다.",
            en="The contracts forbid any other use and passing the work on, demand safe handling, and are looked after.",
        )
        if lines
        else None,
    )


def _push(policy: Policy, language: Language) -> Iterator[Table]:
    """Who carries notifications to browsers; nothing where nobody is notified."""
    services = policy.document.body.push_services
    if not services:
        return
    lines: list[Line] = [
        (
            name,
            (
                told(one.company.in_(language)),
                told(country_name(one.country, language)),
                ", ".join(one.hosts),
            ),
        )
        for name, one in services.items()
    ]
    columns = (_COMPANY, _COUNTRY, Text(ko="알림이 가는 곳", en="Where notifications go"))
    yield table(
        "t-push",
        Text(ko="알림을 나르는 곳", en="Who carries notifications"),
        columns,
        lines,
        language,
        note=Text(
            ko="광고 알림에 동의하신 분의 브라우저를 만든 회사입니다. 알림은 그 브라우저만 열 수 있게 잠겨 있어, 나르는"
            " 회사는 내용도 받는 분이 누구인지도 저희에게서 알 수 없습니다. 저희는 이 목록에 있는 곳으로만 보냅니다.",
            en="The company that made the browser of somebody who agreed to notifications. A notification is"
            " sealed so that this browser alone can open it: from us, its carrier learns neither what it says"
            " nor who gets it. We send to nobody outside this list.",
        ),
    )


def _overseas(policy: Policy, language: Language) -> Table:
    body = policy.document.body
    home = country_name(body.mall.country, language)
    lines: list[Line] = []
    if body.mall.host_country != body.mall.country:
        name = country_name(body.mall.host_country, language)
        hosting = body.mall.hosting.in_(language)
        what = Text(ko="몰의 서버", en="the mall's machines").in_(language)
        every = Text(ko="이 방침의 모든 항목", en="every item of this policy").in_(language)
        lines.append(("host", (hosting, told(name), what, told(every))))
    lines += [
        (name, _sent(one.company, one.purpose, one.country, one.items, language))
        for name, one in body.recipients.items()
        if one.country != body.mall.country and one.items
    ]
    lines += [
        (name, _sent(one.company, one.work, one.country, one.items, language))
        for name, one in body.processors.items()
        if one.country != body.mall.country and one.items
    ]
    return table(
        "t-overseas",
        Text(ko="국외 이전", en="Transfer abroad"),
        (_COMPANY, _COUNTRY, _PURPOSE, _ITEMS),
        lines,
        language,
        empty=Text(
            ko=f"개인정보를 국외로 보내지 않습니다. {home}에서 모으고 {home}에서 보관합니다.",
            en=f"No personal data goes abroad. It is collected and kept in {home}.",
        ),
    )


def _sent(
    company: Text, purpose: Text, country: str, items: tuple[Item, ...], language: Language
) -> tuple[str, ...]:
    return (
        company.in_(language),
        country_name(country, language),
        purpose.in_(language),
        _items(items, language),
    )
