"""Cells of a data set in the form in which they are compared."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.identity.normalising.dates import TOKYO, Calendar
from graph.matching.fields import Declared
from graph.matching.preparing import COLUMNS, prepared

TODAY = Calendar(TOKYO, date(2026, 11, 30))


def _row(**cells: Any) -> dict[str, Any]:
    declared = Declared({kind: (kind,) for kind in cells})
    [found] = prepared([cells], declared, TODAY)
    return found


@pytest.mark.parametrize(
    ("cells", "column", "value"),
    [
        ({"given_name": " Éric "}, "given_read", "eric"),
        ({"surname": "見本", "surname_kana": "みほん"}, "surname_read", "mihon"),
        ({"given_name": "Shota", "given_kana": ""}, "given_read", "siyota"),
        ({"given_name": "Eric", "given_kana": ""}, "given_read", "eric"),
        ({"full_name": "Mihon, Hanako"}, "surname_read", "mihon"),
        ({"full_name": "Hanako Mihon"}, "given_read", "hanako"),
        ({"full_name": "見本 花子"}, "surname", "見本"),
        ({"birth_date": "昭和55年3月4日"}, "born", "19800304"),
        ({"birth_date": "19871332"}, "born", "19871332"),
        ({"birth_date": date(1980, 3, 4)}, "born", "19800304"),
        ({"birth_date": "1970-01-01"}, "born", None),
        ({"email": "Hanako@Example.JP"}, "mail_user", "hanako"),
        ({"email": "nan"}, "mail", None),
        ({"phone": "０９０－１２３４－５６７８"}, "phone", "+819012345678"),
        ({"number": 5304218.0}, "numbers", ["number:5304218"]),
        ({"postcode": "4226.0"}, "postcode", "4226 0"),
        ({"place": "Lonon"}, "place_read", "lonon"),
        ({"gender": None}, "gender", None),
        ({"phone": "000-0000-0000"}, "phones", None),
        ({"email": "noreply@example.jp"}, "mails", None),
        ({"full_name": "検体島花子"}, "given", None),
        ({"full_name": "検体島花子"}, "whole", "検体島花子"),
        ({"given_name": "花子", "surname": "検体島"}, "whole", "検体島花子"),
        ({"given_name": "花子", "surname": "検体島", "full_name": "ケンタイジマアアコ"}, "whole_read", "kentaizimako"),
        ({"given_kana": "アアコ", "surname_kana": "ケンタイジマ"}, "whole_read", "kentaizimako"),
        ({"full_name": "Hanako Mihon"}, "whole", "mihonhanako"),
    ],
)
def test_cells_are_compared_in_one_form(cells: dict[str, Any], column: str, value: object) -> None:
    assert _row(**cells)[column] == value


def test_a_row_that_tells_nothing_has_every_column_empty() -> None:
    assert _row(given_name="", email="unknown") == dict.fromkeys(COLUMNS)


def test_a_name_key_is_the_same_where_given_name_and_surname_are_exchanged() -> None:
    one, other = _row(given_name="Hanako", surname="Mihon"), _row(given_name="Mihon", surname="Hanako")
    assert one["name_key"] == other["name_key"] == "hanako mihon"
