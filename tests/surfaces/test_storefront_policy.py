"""The pages about the promise: policy, children's page, terms, versions and what changed."""

import re
from datetime import UTC, datetime

import pytest

from tests.cast.policies import changed, policy_of
from tests.surfaces.visits import Visitor
from yaksok.database.roles import keeper
from yaksok.journeys import policy_versions
from yaksok.kernel.errors import NotFound
from yaksok.policy.in_force import policy
from yaksok.policy.pages import whole
from yaksok.policy.vocabulary import Label, Language
from yaksok.privacy.published import register

CHANGES = (
    ('version = "2026-11-24"', 'version = "2027-01-01"'),
    ('phone = "02-000-0001"', 'phone = "02-000-7777"'),
)


def second_policy():
    return policy_of(changed(*CHANGES))


def publish(number, chosen, at):
    with keeper():
        register.keep(
            chosen,
            number=number,
            adverse=False,
            effective_at=at,
            published_by=None,
            pages=whole.pages(chosen),
        )


@pytest.fixture
def visitor():
    return Visitor()


@pytest.fixture
def two_versions(db):
    publish(1, policy(), datetime(2026, 11, 24, tzinfo=UTC))
    publish(2, second_policy(), datetime(2099, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_policy_has_labels_tables_and_an_index(visitor, db, prefix):
    text = visitor.text(f"{prefix}/policy")
    assert text.count('class="label-icon"') == len(Label)
    ids = set(re.findall(r'id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= ids
    assert len(re.findall(r'id="P\d+\.\d+"', text)) == 104
    for anchor in ("t-by-law", "t-by-consent", "t-entrustment", "t-destruction", "t-points"):
        assert f'id="{anchor}"' in text
    assert 'class="band"' not in text


def test_each_place_that_takes_something_is_listed(visitor, db):
    table = visitor.text("/policy").partition('id="t-points"')[2].partition("</table>")[0]
    assert "/sign-up" in table
    assert "/checkout/place" in table


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_children_have_a_page_of_their_own(visitor, db, prefix):
    text = visitor.text(f"{prefix}/policy/children")
    assert f'href="{prefix}/policy"' in text
    assert f'href="{prefix}/policy/children"' in visitor.text(f"{prefix}/policy")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_article_of_the_terms_has_an_address(visitor, db, prefix):
    text = visitor.text(f"{prefix}/terms")
    for number in (1, 7, 15):
        assert f'id="art-{number}"' in text
    assert 'id="art-15-3"' in text
    assert policy().document.body.mall.business_number in text


def test_before_the_first_version_the_list_says_so(visitor, db):
    assert "첫 판" in visitor.text("/policy/versions")


def test_versions_stand_with_what_they_changed(visitor, two_versions):
    text = visitor.text("/policy/versions")
    assert text.index("제2판") < text.index("제1판")
    assert "시행 예정" in text
    assert "지금 시행 중" in text
    assert 'href="/policy/versions/1/2"' in text
    assert re.search(r"바뀐 문장 \d", text)


@pytest.mark.parametrize("which", ["", "/children", "/terms"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_version_is_shown_as_it_was_published(visitor, two_versions, prefix, which):
    text = visitor.text(f"{prefix}/policy/versions/2{which}")
    assert "2027-01-01" in text or which == "/children"
    assert ("02-000-7777" in text) is (which != "/terms")
    assert "02-000-7777" not in visitor.text(f"{prefix}/policy/versions/1{which}")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_two_versions_are_compared_by_word(visitor, two_versions, prefix):
    text = visitor.text(f"{prefix}/policy/versions/1/2")
    assert "<del>02-000-0001</del>" in text
    assert "<ins>02-000-7777</ins>" in text
    assert "<details" in text
    assert re.search(r"</span> (개인정보 보호책임자|Privacy officer)</p>", text)
    assert "<ins>" not in visitor.text(f"{prefix}/policy/versions/1/2/terms").partition("<h2>")[2]


def test_what_was_never_published_is_not_there(visitor, two_versions):
    for path in ("3", "3/1", "1/9", "1/nothing", "1/2/nothing", "0"):
        assert visitor.get(f"/policy/versions/{path}").status_code == 404


def test_a_page_is_kept_byte_for_byte(two_versions):
    kept = policy_versions.shown(2, Language.KOREAN, "policy")
    assert kept == whole.pages(second_policy())[("policy", Language.KOREAN)]
    with pytest.raises(NotFound):
        policy_versions.shown(3, Language.KOREAN, "policy")


def test_old_pages_set_no_cookie_and_are_the_same_for_everybody(visitor, two_versions):
    for path in ("/policy/versions", "/policy/versions/1", "/policy/versions/1/2"):
        answer = visitor.get(path)
        assert not answer.cookies
        assert "csrf" not in answer.content.decode()
