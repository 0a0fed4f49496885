"""L-DEAD: people are sent to offices and sites that are there.

Found: a remedy whose row in the law table has ended; a text or a clause that names a site which no
longer answers for what it was. A historic name may stand where today's body stands beside it, but
not as the place to turn to.
"""

from collections.abc import Iterator

from yaksok.policy.entries import Text
from yaksok.policy.law.tables import in_force, tables
from yaksok.policy.lints.finding import Case, Fault, LintRule, Sample, Severity, eu, kr


def check(case: Case) -> Iterator[Fault]:
    """A fault for each office that has ended and each site that is gone."""
    bodies = tables("kr").remedy
    for place, name in enumerate(case.body.remedies):
        row = bodies.get(name)
        if row is not None and not row.holds(case.today):
            now = bodies[row.successor or "report_centre"]
            wording = Text(
                ko=f"{now.name.ko} ({now.url}, 전화 {now.phone})",
                en=f"{now.name.en} ({now.url}, phone {now.phone})",
            )
            keys = ("remedies", place)
            yield Fault(
                keys, f"{row.url} is gone", f"write {row.successor or 'report_centre'}", wording
            )
    gone = {**in_force(tables("kr").dead, case.today), **in_force(tables("eu").dead, case.today)}
    for said in case.said:
        for site in gone.values():
            if said.has(site.host):
                yield Fault(
                    said.keys, f"names {site.host}, which is gone", "name instead", site.today
                )


RULE = LintRule(
    id="L-DEAD",
    severity=Severity.ERROR,
    laws=kr("PIPA 30(1), Decree 31(1)", "2011-09-30", "W") | eu("GDPR 12(1)", "2018-05-25", "T"),
    check=check,
    sample=Sample(
        bad='[mall]\nhosting = { ko = "직접 운영 (www.cyberprivacy.or.kr)", en = "own operation" }',
        good='[mall]\nhosting = { ko = "직접 운영 (www.example)", en = "own operation" }',
    ),
)
