"""Values that identify nobody: listed ones, default ones, and those that many people give."""

from __future__ import annotations

import pytest

from graph.errors import InvalidInput
from graph.identity.blocking import is_default_value, read_listed_values, state_by_names
from graph.identity.normalising.identifiers import normalise, read_identifier

LISTED = read_listed_values(
    {
        "values": {
            "PHONE": ["０３−１０００−４１００", "+81 90-1000-4100"],
            "EMAIL": ["Info@Example.jp"],
            "POS_CARD": ["0000-test"],
        },
        "patterns": {"EMAIL": ["*@shop.example.jp", "till-?@example.jp"], "PHONE": ["+8131000*"]},
    }
)


@pytest.mark.parametrize(
    ("kind", "value", "listed"),
    [
        ("PHONE", "03-1000-4100", True),
        ("PHONE", "03-1000-4100 内線12", True),
        ("FAX", "03-1000-4100", True),
        ("PHONE", "03-1000-9999", True),
        ("PHONE", "090-1000-4100", True),
        ("PHONE", "090-1000-4101", False),
        ("EMAIL", "ＩＮＦＯ@example.jp", True),
        ("EMAIL", "ginza@shop.example.jp", True),
        ("EMAIL", "till-3@example.jp", True),
        ("EMAIL", "till-33@example.jp", False),
        ("EMAIL", "ginza@shopxexample.jp", False),
        ("POS_CARD", "0000 TEST", True),
        ("MEMBER_NUMBER", "0000TEST", False),
    ],
)
def test_a_listed_value_is_known_in_any_notation_and_by_pattern(kind: str, value: str, listed: bool) -> None:
    assert LISTED.has(kind, normalise(kind, value).value) is listed


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"numbers": {}}, "no table numbers"),
        ({"values": []}, "values is a table"),
        ({"values": {"TELEX": ["1"]}}, "a kind that there is not"),
        ({"values": {"PHONE": "03-1000-4100"}}, "values.PHONE is a list"),
        ({"patterns": {"PHONE": [3]}}, "patterns.PHONE is a list"),
        ({"values": {"PHONE": ["03-1000-4100", "\u200b"]}}, "values.PHONE, number 2, is empty"),
    ],
)
def test_a_list_that_does_not_hold_is_refused_by_its_place(told: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message) as refused:
        read_listed_values(told)
    assert "1000" not in refused.value.message


@pytest.mark.parametrize(
    ("kind", "value", "default"),
    [
        ("PHONE", "000-0000-0000", True),
        ("PHONE", "0000000000", True),
        ("PHONE", "090-0000-0000", True),
        ("PHONE", "080-9999-9999", True),
        ("PHONE", "1234567890", True),
        ("PHONE", "090-1000-4101", False),
        ("PHONE", "03-1111-2222", False),
        ("EMAIL", "noreply@example.jp", True),
        ("EMAIL", "no-reply@example.jp", True),
        ("EMAIL", "nonesuch@example.jp", False),
        ("POS_CARD", "0000 0000 0000", True),
        ("MEMBER_NUMBER", "不明", True),
        ("EC_ACCOUNT_ID", "unknown", True),
        ("POS_CARD", "2990 0000 0001", False),
        ("EC_ACCOUNT_ID", "U1001", False),
    ],
)
def test_what_only_fills_a_field_is_no_identifier(kind: str, value: str, default: bool) -> None:
    reading = read_identifier(kind, value)
    assert is_default_value(kind, reading.values[0].value if reading.values else reading.text) is default


def test_a_company_may_list_what_is_no_value_of_its_kind_as_sources_send_it() -> None:
    listed = read_listed_values({"values": {"PHONE": ["41000", "ＴＥＬ  番号A"]}})
    assert [listed.has("PHONE", text) for text in ("41000", "TEL 番号A", "41001")] == [True, True, False]


@pytest.mark.parametrize(
    ("count", "state", "of_a_home"),
    [
        (0, "ACTIVE", "ACTIVE"),
        (2, "ACTIVE", "ACTIVE"),
        (3, "SHARED", "SHARED"),
        (19, "SHARED", "SHARED"),
        (20, "QUARANTINED", "SHARED"),
        (39, "QUARANTINED", "SHARED"),
        (40, "QUARANTINED", "QUARANTINED"),
    ],
)
def test_the_more_given_names_the_graver_the_state(count: int, state: str, of_a_home: str) -> None:
    names = [f"N:{number}" for number in range(count)]
    assert (state_by_names(names), state_by_names(names, home=True)) == (state, of_a_home)
    # One name in three scripts is one name, and the same form said twice is one.
    assert state_by_names(["N:花", "K:ハナ", "L:hana", "N:花"]) == "ACTIVE"
