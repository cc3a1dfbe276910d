"""Rows as they are compared: what a data set has in its declared columns, in one form of each kind of field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from graph.events.persons import home_of
from graph.identity.blocking import is_default_value
from graph.identity.normalising.dates import Calendar, is_real_birth_date, read_birth_date
from graph.identity.normalising.mail import read_mail
from graph.identity.normalising.names import is_default_name, is_japanese, split_name
from graph.identity.normalising.phones import read_phone
from graph.identity.normalising.titles import without_titles
from graph.identity.normalising.told_names import WHOLE_NAME
from graph.matching.fields import Declared
from graph.search.folding import fold_name, fold_romaji, fold_text, sounding
from graph.search.sound import is_readable, sound

LISTS = ("phones", "mails", "numbers", "tokens")
WORDS = ("given", "given_read", "surname", "surname_read", "born", "gender", "mail", "mail_user", "phone", "number", "home",
         "landline", "address", "postcode", "place", "place_read", "category", "text", "text_read", "name_key", "whole",
         "whole_read")  # fmt: skip
NUMBERS = ("born_day",)
COLUMNS = (*WORDS, *LISTS, *NUMBERS)
"""Of a prepared row, beside `key` and `source`; `_read` is how a name sounds or, of any text, its letters, in ASCII alone."""
_UNKNOWN = frozenset({"", "null", "none", "nan", "n/a", "na", "unknown", "-", "?", "不明", "未設定", "ミセッテイ", "ナシ"})
_PUNCTUATION = re.compile(r"[^\w]+")


def prepared(rows: Iterable[Mapping[str, Any]], declared: Declared, calendar: Calendar) -> Iterator[dict[str, Any]]:
    """Yield each row as it is compared, without its key and source."""
    for row in rows:
        told = {kind: [filled for column in of if (filled := _filled(row.get(column)))] for kind, of in declared.columns.items()}
        yield _row(told, declared.columns.get("number", ()), row, calendar)


def _row(told: Mapping[str, list[str]], numbered: tuple[str, ...], row: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(COLUMNS)
    found |= _names(told)
    if found["given_read"] and found["surname_read"]:
        found["name_key"] = " ".join(sorted((found["given_read"], found["surname_read"])))
    born = " ".join(told.get("birth_date", ()))
    if born:
        found |= _born(born, calendar)
    mails = [mail for text in told.get("email", ()) if not is_default_value("EMAIL", mail := read_mail(text) or fold_text(text))]
    phones, landlines = _phones(told)
    numbers = [f"{column}:{_squeezed(filled)}" for column in numbered if (filled := _filled(row.get(column)))]
    found |= {"mails": mails or None, "phones": list(filter(None, phones)) or None, "numbers": numbers or None}
    found |= {"mail": _first(mails), "phone": _first(found["phones"] or []), "number": _first(numbers)}
    found["landline"] = _first(landlines)
    found["mail_user"] = found["mail"].partition("@")[0] or None if found["mail"] else None
    if home := " ".join(told.get("home", ())):
        found["home"] = home_of(home) or _bare(home)
    address = " ".join(told.get("address", ()))
    if address:
        found |= {"home": home_of(address), "address": _bare(address), "tokens": _tokens(address)}
        found["home"] = found["home"] or found["address"]
    for kind in ("gender", "postcode", "category", "place", "text"):
        found[kind] = _bare(" ".join(told.get(kind, ()))) or None
    for kind in ("place", "text"):
        found[f"{kind}_read"] = _ascii(found[kind])
    return found


def _phones(told: Mapping[str, list[str]]) -> tuple[list[str], list[str]]:
    """Return (numbers of a person, landlines); where no home is declared, a landline is a number like others."""
    numbers: list[str] = []
    landlines: list[str] = []
    for text in told.get("phone", ()):
        phone = read_phone(text)
        of_home = phone is not None and not phone.mobile and "home" in told
        value = phone.value if phone else _digits(text)
        if not is_default_value("PHONE", value):
            (landlines if of_home else numbers).append(value)
    return numbers, landlines


def _names(told: Mapping[str, list[str]]) -> dict[str, str | None]:
    given, surname = (" ".join(told.get(kind, ())) for kind in ("given_name", "surname"))
    full = " ".join(told.get("full_name", ()))
    if full and not given and not surname:
        surname, given = _parted(full)
    given_kana, surname_kana = (" ".join(told.get(kind, ())) for kind in ("given_kana", "surname_kana"))
    heard = "given_kana" in told or "surname_kana" in told
    found = {
        "given": _name(given), "given_read": _read(given_kana or given, heard),
        "surname": _name(surname), "surname_read": _read(surname_kana or surname, heard),
    }  # fmt: skip
    return found | _wholes(full, found)


def _wholes(full: str, found: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return surname and given name as one: a name without a gap is all that some tell, and nobody knows where its parts are."""
    one_piece = _name(full) if is_japanese(full) else None
    heard = sounding(one_piece) if one_piece else ""
    parts, read = ((found[f"surname{form}"], found[f"given{form}"]) for form in ("", "_read"))
    return {
        "whole": one_piece if one_piece and not heard else "".join(filter(None, parts)) if all(parts) else None,
        "whole_read": heard.replace(" ", "") or (sound("".join(filter(None, read))) or None if all(read) else None),
    }


def _parted(full: str) -> tuple[str, str]:
    """Return (surname, given name): Japanese by its lists, else the last word, or what stands before a comma.

    What can be a whole Japanese name, and is in one piece that no list parts, is neither.
    """
    family, given = split_name(full)
    if family or given:
        return family or "", given or ""
    if is_japanese(full) and len(full) >= WHOLE_NAME:
        return "", ""
    before, comma, after = full.partition(",")
    if comma:
        return before, after
    words = without_titles(full).split()
    return (words[-1], " ".join(words[:-1])) if len(words) > 1 else ("", full)


def _name(text: str) -> str | None:
    return fold_name(without_titles(text)).replace(" ", "") or None if text and not is_default_name(text) else None


def _read(text: str, heard: bool) -> str | None:
    """Return the letters of a name; how it sounds where it is kana, or where others of the set are told in kana (`heard`)."""
    if not text or is_default_name(text):
        return None
    folded = fold_name(without_titles(text))
    letters = _ascii(folded)
    sound = sounding(folded).replace(" ", "") if heard or letters is None else ""
    return sound if sound and (letters is None or is_readable(sound)) else letters


def _ascii(text: str | None) -> str | None:
    plain = _PUNCTUATION.sub("", fold_romaji(text)) if text else ""
    return plain if plain and plain.isascii() else None


def _born(text: str, calendar: Calendar) -> dict[str, Any]:
    """Return a date as eight digits with the number of its day; one that is none as the digits that it has."""
    iso = read_birth_date(text, calendar)
    if iso is None:
        return {"born": _digits(text) or None, "born_day": None}
    if not is_real_birth_date(iso):
        return {"born": None, "born_day": None}
    return {"born": iso.replace("-", ""), "born_day": date.fromisoformat(iso).toordinal()}


def _filled(value: Any) -> str:
    """Return a cell as text, empty where it only says that nothing is known."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
    return "" if text.casefold() in _UNKNOWN else text


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def _squeezed(text: str) -> str:
    return _PUNCTUATION.sub("", fold_text(text))


def _bare(text: str) -> str:
    return " ".join(_PUNCTUATION.sub(" ", fold_text(text)).split())


def _tokens(text: str) -> list[str]:
    return sorted(set(_bare(text).split()))


def _first(values: list[str]) -> str | None:
    return next((value for value in values if value.isascii()), None)
