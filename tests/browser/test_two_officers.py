"""Two officers publish at the same moment, over HTTP: one version, and the second sees the first's."""

import html
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime, timedelta

import pytest

from tests.cast.officer import STUDIO, Officer
from tests.cast.running import RunningMall
from tests.cast.sandboxes import wait_until
from yaksok.kernel.clock import SEOUL

pytestmark = [pytest.mark.xdist_group("whole mall"), pytest.mark.timeout(300)]

FOUNDED_SECONDS = 60.0
"""Until the worker has written the first version into the register."""

TABLES = {
    "upkeep": '[upkeep]\ntraining_every = "P3M"\naudit_every = "P1Y"\n',
    "statistics": "[statistics]\nsmallest_cell = 20\n",
}


def test_one_publishes_and_the_other_sees_it_and_goes_on(mall: RunningMall) -> None:
    officers = [Officer(mall, name).log_in() for name in ("first", "second")]
    wait_until(lambda: "제1판" in officers[0].page(STUDIO), FOUNDED_SECONDS)
    day = f"{(datetime.now(SEOUL) + timedelta(days=8)).date()}"
    for officer, (table, text) in zip(officers, TABLES.items(), strict=True):
        officer.begin(table, text)
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda officer: officer.publish(day), officers))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [302, 422], [re.findall(r"class=.bad..*", answer.text) for answer in answers]
    refused = next(i for i, answer in enumerate(answers) if answer.status_code == 422)
    late, early = officers[refused], officers[1 - refused]
    assert "그사이 제2판이 공지되었어요" in html.unescape(answers[refused].text)
    assert "그사이 제2판이" in late.page(late.draft)
    assert ("training_every" if early is officers[0] else "smallest_cell") in late.page(late.draft)

    taken = late.send(f"{late.draft}/catch-up", late.draft)
    assert taken.headers["Location"].endswith("done=caught-up&clashes=")
    assert late.publish(day).headers.get("Location") == f"{STUDIO}?done=published"
    source = mall.run("policy", "show", "3", "--toml", "--data", str(mall.root))
    assert 'training_every = "P3M"' in source
    assert "smallest_cell = 20" in source
    again = early.send(f"{early.draft}/check", STUDIO, act="publish")
    assert again.headers.get("Location") == f"{STUDIO}?done=gone"
    for officer in officers:
        with closing(officer.browser):
            pass
