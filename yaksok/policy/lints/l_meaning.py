"""L-MEANING: a purpose that means something else is another purpose, and every member is asked.

Only looked at when the version before is known. Found, as warnings: a purpose, a service or a consent
that keeps its name and is put in other words, and a service that comes to a purpose which people
agreed to before. Nobody is asked about words (P1.8 looks at names), because a comma asks nobody; so a
person must look whether they say more than before.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr
from yaksok.policy.lints.words import plain

_CURE = (
    "leave it as it was if it says more than people agreed to, and write the new use as a purpose"
    " of its own: then every member is asked"
)


def check(case: Case) -> Iterator[Fault]:
    """A fault for each name that came to stand for other words, and each service that came."""
    if case.before is None:
        return
    before, body = case.before.body, case.body
    for purpose in sorted(before.purposes.keys() & body.purposes.keys()):
        if _differ(before.purposes[purpose].text, body.purposes[purpose].text):
            yield Fault(("purposes", purpose.value, "text"), "says something else by now", _CURE)
    for name in sorted(before.consents.keys() & body.consents.keys()):
        if _differ(before.consents[name].text, body.consents[name].text):
            yield Fault(("consents", name, "text"), "says something else by now", _CURE)
    for service, entry in body.services.items():
        was = before.services.get(service)
        if was is None and entry.purpose in before.purposes:
            fault = f"is new, and nobody is asked: it comes to {entry.purpose}"
            yield Fault(("services", service.value), fault, _CURE)
        elif was is not None and _differ(was.text, entry.text):
            keys = ("services", service.value, "text")
            yield Fault(keys, "says something else by now", _CURE)


def _differ(was: Text, is_now: Text) -> bool:
    """Whether the words differ by more than spaces, letters of another width, or capitals."""
    return any(
        plain(one).casefold() != plain(other).casefold()
        for one, other in ((was.ko, is_now.ko), (was.en, is_now.en))
    )


RULE = LintRule(
    id="L-MEANING",
    severity=Severity.WARNING,
    laws=kr("PIPA 3(1)-(2), 15(2), 18(1)-(2)", "2011-09-30", "T")
    | eu("GDPR 5(1)(b), 6(4), 13(3)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='version = "2099-01-01"\n'
        'changes = { ko = "말을 다듬었습니다.", en = "Words were polished." }\n'
        "[purposes.member_service]\n"
        'text = { ko = "구매 성향을 살펴 상품 권하기", en = "recommending goods by what was bought" }',
        good='version = "2099-01-01"\n'
        'changes = { ko = "말을 다듬었습니다.", en = "Words were polished." }\n'
        "[purposes.member_service]\n"
        'achieved_when = { ko = "회원에서 나간 때", en = "the person left" }',
        before="",
    ),
)
