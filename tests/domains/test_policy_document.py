"""A document that cannot be taken says where and what to do; the one in force stays."""

import re
from pathlib import Path

import pytest

from tests.cast.policies import changed, policy_of, source, without_table
from yaksok.policy import in_force
from yaksok.policy.document import LONGEST, DocumentError, load, parse
from yaksok.policy.references import faults

ID_LABEL = 'required = true\nlabel = { ko = "아이디"'


@pytest.mark.parametrize(
    ("before", "after", "key", "said"),
    [
        (ID_LABEL, ID_LABEL.replace("required", "requird", 1), "login_id.requird", "required"),
        ('version = "2026', 'versio = "2026', "versio", "did you mean version"),
        ("[officers.handler]", "[officers.handle]", "officers.handle", "handler"),
        ("[records.order_extra]", "[records.order_extr]", "records.order_extr", "order_extra"),
        ('"seal"', '"seel"', "records.membership.grants[1].actions[0]", "did you mean seal"),
        ('event = "delivered"', 'event = "soon"', "records.order_payer.end.event", "soon"),
        (ID_LABEL, ID_LABEL.replace("true", '"yes"'), "login_id.required", "type bool"),
        ("format = 2", "format = 3", "format", "this mall reads 2"),
        ("format = 2", "format = ", "file", "key = value"),
        ('period = "P3M"', 'period = "3 months"', "access_record.end.period", "P5Y"),
        ('law = "supply"', 'law = "habit"', "order_recipient.statutory", "contract"),
        (
            'recipient = "courier"',
            'recipient = "nobody"',
            "grants[1].recipient",
            "recipients.nobody",
        ),
        ("[purposes.payment]", "[purposes.delivery_]", "purposes.delivery_", "delivery"),
        ('held = "verifier"', 'held = "sealed"', "membership.items.password", "verifier"),
        ('basis = "contract"', 'basis = "consent"', "membership.basis", "name a consent"),
        ('record = "order_extra"', 'record = "order_payer"', "parts[2]", "two fields"),
        (
            'name = "save_address"',
            'name = "same_as_payer"',
            "checkout_member.boxes[2].name",
            "rename",
        ),
        ('field = "lookup_secret"', 'field = "payer_name"', "parts[0]", "prefix"),
    ],
)
def test_it_names_line_key_and_cure(before, after, key, said):
    text = changed((before, after))
    with pytest.raises(DocumentError) as refused:
        policy_of(text)
    error = refused.value
    assert key in error.key
    assert said in str(error)
    assert error.cure
    assert str(error).startswith(f"policy.toml:{error.line}: ")


def test_the_line_is_that_of_the_key():
    text = changed((ID_LABEL, ID_LABEL.replace("required", "requird", 1)))
    line = text.splitlines().index("requird = true") + 1
    with pytest.raises(DocumentError) as refused:
        parse(text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("actions", "tail", "cure"),
    [
        ('["open"]', ', recipient = "courier"', "give disclose"),
        ('["disclose"]', "", "give disclose"),
        ('["disclose", "open"]', ', recipient = "courier"', "grant of its own"),
        ('["disclose"]', ', recipient = "payment_provider"', "not among them"),
    ],
)
def test_handing_over_is_a_grant_of_its_own(actions, tail, cure):
    grant = (
        '  { roles = ["system"], actions = ' + actions + ', purposes = ["delivery"],'
        ' items = ["name"]' + tail + " },\n"
    )
    first = '  { roles = ["system", "clerk"], actions = ["disclose"]'
    with pytest.raises(DocumentError, match=cure):
        policy_of(changed((first, grant + first)))


def test_a_grant_cannot_give_a_purpose_that_the_record_has_not():
    text = changed(
        (
            'purposes = ["staff_authentication"], items = ["login_id"]',
            'purposes = ["order"], items = ["login_id"]',
        )
    )
    with pytest.raises(DocumentError, match="not kept for order"):
        policy_of(text)


def test_a_purpose_that_is_used_must_be_declared():
    with pytest.raises(DocumentError, match=r"add \[purposes.payment\]"):
        policy_of(without_table("purposes.payment"))


def test_a_form_fills_records_that_are_declared():
    start = source().index("[records.order_extra]")
    text = source()[:start] + source()[source().index("[records.staff_account]") :]
    with pytest.raises(DocumentError, match=r"add \[records.order_extra\]"):
        policy_of(text)


def test_a_file_that_is_not_there_or_not_text(tmp_path):
    with pytest.raises(DocumentError, match="readable"):
        load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes("# 약속\n".encode() + b"name = \xff\n")
    with pytest.raises(DocumentError, match="UTF-8") as refused:
        load(tmp_path / "latin.toml")
    assert refused.value.line == 2


def test_a_broken_document_does_not_replace_the_one_in_force(tmp_path):
    before = in_force.policy()
    broken = tmp_path / "policy.toml"
    broken.write_text(changed(("format = 2", "format = 9")), "utf-8")
    with pytest.raises(DocumentError):
        in_force.configure_from(broken)
    assert in_force.policy() is before


def test_a_document_of_the_operators_own_is_obeyed(tmp_path, monkeypatch):
    own = tmp_path / "own.toml"
    own.write_text(changed(('version = "2026-11-24"', 'version = "2027-01-01"')), "utf-8")
    try:
        in_force.configure_from(own)
        assert in_force.policy().version == "2027-01-01"
    finally:
        in_force.configure_from(None)
    assert in_force.policy().version == "2026-11-24"
    monkeypatch.setenv("YAKSOK_POLICY", str(own))
    monkeypatch.setattr(in_force, "_policy", None)
    assert in_force.policy().version == "2027-01-01"
    monkeypatch.delenv("YAKSOK_POLICY")
    monkeypatch.setattr(in_force, "_policy", None)
    assert in_force.policy().version == "2026-11-24"


def test_a_lint_error_keeps_a_document_out(tmp_path):
    own = tmp_path / "own.toml"
    own.write_text(changed(('fax = "02-000-0009"', 'fax = "-"')), "utf-8")
    with pytest.raises(DocumentError, match="L-CPO") as refused:
        in_force.read(own)
    assert refused.value.key == "officers.manager.fax"
    assert refused.value.line == source().splitlines().index('fax = "02-000-0009"') + 1


def test_a_law_needs_a_record_to_keep_its_copies_in():
    start = source().index("[records.statutory]")
    text = source()[:start] + source()[source().index("# Third parties.") :]
    with pytest.raises(DocumentError, match=r"add \[records.statutory\]"):
        policy_of(text)


def test_a_line_is_found_for_what_is_missing_everywhere():
    with pytest.raises(DocumentError, match="format: is missing") as refused:
        parse("# nothing\n")
    assert refused.value.line == 1


def test_a_fault_is_found_below_an_array_of_tables():
    text = changed(
        (
            'name = "save_address"\n',
            'name = "save_address"\n[forms.checkout_member.boxes.x]\ny = 1\n',
        )
    )
    with pytest.raises(DocumentError, match=r"boxes\[2\]") as refused:
        parse(text)
    assert refused.value.line >= text[: text.index("boxes.x]")].count("\n")


@pytest.mark.parametrize(
    ("value", "cure"), [('"soon"', "a date such as"), ("5", "a value of type date")]
)
def test_a_value_of_the_wrong_shape_is_told(value, cure):
    with pytest.raises(DocumentError, match=cure) as refused:
        parse(changed(("effective = 2026-11-24", f"effective = {value}")))
    assert refused.value.key == "effective"


def test_every_fault_of_the_references_is_found_at_once():
    text = changed(
        ('recipient = "courier"', 'recipient = "nobody"'),
        ('record = "order_extra"', 'record = "order_payer"'),
        ('law = "supply"', 'law = "habit"'),
        ('purposes = ["staff_authentication"]\n', "purposes = []\n"),
        ('reason = { ko = "직원을 알아보는 데 써요."', 'reason = { ko = ""'),
    )
    found = [error.key for error in faults(parse(text))]
    assert found[:2] == [
        "records.order_recipient.statutory",
        "records.order_recipient.grants[1].recipient",
    ]
    assert "records.staff_account.purposes" in found
    assert "records.staff_account.items.login_id" in found
    assert any(key.startswith("forms.checkout_guest.parts") for key in found)


def test_a_form_of_an_unknown_record_does_not_hide_the_next_fault():
    start = source().index("[records.order_extra]")
    text = source()[:start] + source()[source().index("[records.rights_case]") :]
    found = [error.key for error in faults(parse(text))]
    assert found == [f"forms.checkout_{who}.parts[2]" for who in ("guest", "member", "guardian")]


def test_two_grants_do_not_answer_the_same_question():
    first = '  { roles = ["system", "visitor"], actions = ["find"], purposes = ["member_service"]'
    again = '  { roles = ["visitor"], actions = ["find"], purposes = ["member_service"], items = [] },\n'
    with pytest.raises(DocumentError, match="by another grant already") as refused:
        policy_of(changed((first, again + first)))
    assert refused.value.key == "records.membership.grants[1]"


def test_a_key_of_another_table_is_sent_there():
    with pytest.raises(DocumentError, match="belongs to another table") as refused:
        parse(changed(("[purposes.order]\n", '[purposes.order]\nbasis = "contract"\n')))
    assert refused.value.key == "purposes.order.basis"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (('version = "2026-11-24"', 'version = "a/b"'), "version"),
        (('version = "2026-11-24"', 'version = ""'), "version"),
        (('version = "2026-11-24"', 'version = "x\\ny"'), "version"),
        (('host_country = "KR"', 'host_country = "korea"'), "mall.host_country"),
        (('name = "__Host-yaksok"', 'name = "sid"'), "cookie.name"),
        (("[claims.watch]", '[claims."the watch"]'), "claims.the watch"),
        (('name = "save_address"', 'name = "beyond_scope"'), "forms.checkout_member.boxes[2].name"),
    ],
)
def test_what_becomes_a_name_in_receipts_and_addresses_is_a_plain_word(
    change: tuple[str, str], key: str
):
    with pytest.raises(DocumentError) as refused:
        policy_of(changed(change))
    assert refused.value.key == key
    assert refused.value.cure


def test_no_consent_is_called_like_a_standing_refusal():
    text = source().replace("consents.prefill", "consents.beyond_scope")
    text = text.replace('consent = "prefill"', 'consent = "beyond_scope"')
    with pytest.raises(DocumentError, match="is taken"):
        policy_of(text)


LABEL = 'label = { ko = "회원 정보"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (source() + "\nx = " + "[" * 5_000 + "]" * 5_000, "nested too deeply"),
        (source() + "\n[" + ".".join("a" * 2_000) + "]\n", "nested too deeply"),
        (source() + "\nx = " + "{a=" * 100 + "1" + "}" * 100, "nested too deeply"),
        (changed(("max_length = 20", "max_length = " + "9" * 5_000)), "a number that is too long"),
        (changed(("max_length = 20", "max_length = 0x" + "f" * 9_000)), "number that is too long"),
        (changed((LABEL, LABEL.replace("회원", "회원\u202e"))), "U+202E"),
        (changed((LABEL, LABEL.replace("회원", r"회원\u202e"))), "U+202E"),
        (changed((LABEL, LABEL.replace("회원", r"회원\u0000"))), "U+0000"),
        (source() + '\n"a\\u200bb" = 1\n', "U+200B"),
        (source() + "\n# nobody sees this: \u2066\n", "U+2066"),
        ("\ufeff" + source(), "U+FEFF"),
        (source() + "\n# " + "x" * LONGEST, "characters"),
    ],
)
def test_what_is_made_to_be_misread_is_refused_with_a_cure(text: str, said: str) -> None:
    with pytest.raises(DocumentError, match=re.escape(said)) as refused:
        parse(text)
    assert refused.value.cure
    assert "\n" not in str(refused.value)
    assert 1 <= refused.value.line <= text.count("\n") + 1


def test_text_may_have_lines_and_emoji() -> None:
    plain = LABEL.replace("회원 정보", r"회원\n정보 👩‍👩‍👧")
    assert policy_of(changed((LABEL, plain)).replace("\n", "\r\n"))


def test_a_box_called_like_a_consent_asks_it() -> None:
    """A box that is ticked becomes the consent of its name: whoever accepts the terms gives no other."""
    text = changed(('name = "terms"', 'name = "prefill"'))
    with pytest.raises(DocumentError, match="like a consent that it does not ask") as refused:
        policy_of(text)
    assert refused.value.key == "forms.sign_up.boxes[1].name"


def test_a_file_without_an_end_is_not_read_to_it() -> None:
    with pytest.raises(DocumentError, match="more than 200,000 characters") as refused:
        load(Path("/dev/zero"))
    assert refused.value.cure


@pytest.mark.parametrize("day", ["9999-12-31", '"9999-12-31"', "1900-01-01"])
def test_a_day_that_nobody_means_is_refused(day: str) -> None:
    with pytest.raises(DocumentError, match="years 2000 to 2199") as refused:
        policy_of(changed(("effective = 2026-11-24", f"effective = {day}")))
    assert refused.value.key == "effective"
    contract = (
        '\n[processors.x]\ncompany = { ko = "가", en = "A" }\nwork = { ko = "가", en = "A" }\n'
    )
    with pytest.raises(DocumentError, match="years 2000 to 2199"):
        policy_of(changed(more=f"{contract}items = []\ncontract_until = {day}\n"))
