"""L-NIGHT: nobody is advertised to at night who has not agreed to that apart.

Found: quiet hours that are shorter than the law table's night, so that somebody who did not agree to the
night would be sent something; a channel other than e-mail that the night does not stop; a consent for
the night that is the one for the day.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import row_of, tables
from yaksok.policy.lints.advertiser import advertising
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, kr
from yaksok.policy.vocabulary import Channel

_WORDING = Text(
    ko="밤 9시부터 아침 8시까지는 광고를 보내지 않습니다. 밤에도 받기를 원하시면 따로 여쭙니다.",
    en="No advertising from 21:00 to 08:00. Whoever wants it at night too is asked apart.",
)


def check(case: Case) -> Iterator[Fault]:
    """A fault when the night is not quiet."""
    table = case.body.advertising
    if table is None or set(table.channels) <= {Channel.EMAIL}:
        return
    for channel in sorted(set(table.quiet_exempt) - {Channel.EMAIL}):
        cure = "take it out: the law lets e-mail alone come at night"
        yield Fault(
            ("advertising", "quiet_exempt"), f"lets {channel} come at night", cure, _WORDING
        )
    night = row_of(tables(case.country).window, "night", case.today)
    if table.quiet_from > night.start or table.quiet_until < night.until:
        cure = f'write quiet_from = "{night.start}" and quiet_until = "{night.until}"'
        fault = f"is not quiet from {night.start} to {night.until}"
        yield Fault(("advertising", "quiet_from"), fault, cure, _WORDING)
    if table.night in {entry.consent for entry in table.channels.values()}:
        cure = "ask for the night with a consent of its own"
        yield Fault(("advertising", "night"), "takes the consent of the day", cure, _WORDING)


RULE = LintRule(
    id="L-NIGHT",
    severity=Severity.ERROR,
    laws=kr("Network Act 50(3), Decree 61(2)", "2014-11-29", "T"),
    check=check,
    sample=Sample(
        bad=advertising(quiet_from='"23:00"', quiet_until='"07:00"'),
        good=advertising(night='"news_at_night"'),
    ),
)
