"""What each system of the demo town says about a person, each in its own notation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import jaconv

from demo.envelope import RawEvent, event
from demo.people import Resident
from demo.shops import SHOPS

RANKS = ("REGULAR", "REGULAR", "REGULAR", "SILVER", "SILVER", "GOLD")
_WIDE = str.maketrans("0123456789-", "０１２３４５６７８９ー")
_KANJI_DIGITS = "〇一二三四五六七八九"


def records(person: Resident) -> Iterator[RawEvent]:
    """Yield one event for each system that knows the person."""
    for system, at in person.joined.items():
        source, subject = person.record(system)
        yield event("person", source, f"{_EVENT_IDS[system]}-{person.number}", at, _SAID[system](person), subject=subject)


def era(day: date) -> str:
    """Return a date as a till prints it: 昭和63年8月8日."""
    if day >= date(1989, 1, 8):
        return f"平成{day.year - 1988}年{day.month}月{day.day}日"
    return f"昭和{day.year - 1925}年{day.month}月{day.day}日"


def _till(person: Resident) -> dict[str, Any]:
    identifiers = [
        {"kind": "MEMBER_NUMBER", "value": person.member},
        {"kind": "POS_CARD", "value": f"2990-0000-{person.number:04d}"},
        {"kind": "PHONE", "value": person.mobile},
    ]
    if person.landline:
        identifiers.append({"kind": "PHONE", "value": person.landline, "sharing": "HOUSEHOLD"})
    name = person.name
    written = {"full": f"{name.kana_family} {name.kana_given}" if name.foreign else name.full}
    # Every fourth till prints half-width kana.
    kana = jaconv.z2h(name.kana) if person.shop % 4 == 1 else name.kana
    return {
        "name": written,
        "kana": {"full": kana},
        "birthDate": era(person.birth),
        "gender": name.gender,
        "address": {"full": _address(person, kanji=True)},
        "identifiers": identifiers,
        "attributes": {"rank": RANKS[person.number % len(RANKS)], "homeStore": SHOPS[person.shop].code},
    }


def _web_shop(person: Resident) -> dict[str, Any]:
    mail: dict[str, Any] = {"kind": "EMAIL", "value": person.mail, "verified": True}
    phone: dict[str, Any] = {"kind": "PHONE", "value": person.mobile.translate(_WIDE)}
    identifiers = [{"kind": "EC_ACCOUNT_ID", "value": person.account}, mail, phone]
    attributes: dict[str, Any] = {"newsletter": person.number % 3 != 0}
    if person.company is not None:
        extension = f"{person.switchboard} 内線{10 + person.number % 90}"
        identifiers.append({"kind": "PHONE", "value": extension, "sharing": "ORGANIZATION"})
        attributes["company"] = f"株式会社見本商会{person.company + 1}"
    name = person.name
    return {
        "name": {"family": name.simplified_family, "given": name.given},
        "kana": {"family": name.kana_family, "given": name.kana_given},
        "birthDate": person.birth.isoformat(),
        "language": "en" if name.foreign else "ja",
        "address": {"full": _address(person, kanji=False)},
        "identifiers": identifiers,
        "attributes": attributes,
    }


def _line(person: Resident) -> dict[str, Any]:
    """A LINE friend shows a nickname; every twentieth never linked an account, and stays a customer of their own."""
    identifiers = [{"kind": "LINE_USER_ID", "value": person.line_id}]
    if person.number % 20:
        identifiers += _linked(person)
    return {"identifiers": identifiers, "attributes": {"displayName": person.name.romaji_given}}


def _app(person: Resident) -> dict[str, Any]:
    identifiers = [{"kind": "APP_USER_ID", "value": person.app_user}, {"kind": "PHONE", "value": person.mobile}]
    identifiers += [*_linked(person), {"kind": "DEVICE_ID", "value": f"device-{person.number:06d}"}]
    attributes = {"push": person.number % 4 != 0}
    return {"name": {"full": person.name.full}, "identifiers": identifiers, "attributes": attributes}


def _linked(person: Resident) -> list[dict[str, str]]:
    if "pos" in person.joined:
        return [{"kind": "MEMBER_NUMBER", "value": person.member}]
    if "ec" in person.joined:
        return [{"kind": "EC_ACCOUNT_ID", "value": person.account}]
    return [{"kind": "APP_USER_ID", "value": person.app_user}]


def _call_center(person: Resident) -> dict[str, Any]:
    international = "+81" + person.mobile.removeprefix("0").replace("-", "")
    return {"kana": {"full": person.name.kana}, "identifiers": [{"kind": "PHONE", "value": international}]}


def _catalogue(person: Resident) -> dict[str, Any]:
    """Who orders from paper; every fifth gives the landline only, which links nobody."""
    identifiers: list[dict[str, Any]] = [{"kind": "CATALOG_NUMBER", "value": person.catalogue_number}]
    if person.landline:
        identifiers.append({"kind": "PHONE", "value": person.landline, "sharing": "HOUSEHOLD"})
    if person.number % 5:
        identifiers.append({"kind": "PHONE", "value": person.mobile})
    return {
        "name": {"full": person.name.full.replace(" ", "　")},
        "kana": {"full": jaconv.z2h(person.name.kana)},
        "address": {"full": _address(person, kanji=True)},
        "identifiers": identifiers,
    }


def _address(person: Resident, *, kanji: bool) -> str:
    """Return one home in the notation of a form: 三丁目10番5号 or 3-10-5."""
    town, block = 1 + person.house % 9, (1 + person.house % 20, 1 + person.house % 15)
    if kanji:
        return f"{SHOPS[person.shop].town}{_KANJI_DIGITS[town]}丁目{block[0]}番{block[1]}号"
    return f"{SHOPS[person.shop].town}{town}-{block[0]}-{block[1]}"


_SAID = {"pos": _till, "ec": _web_shop, "line": _line, "app": _app, "cti": _call_center, "catalog": _catalogue}
_EVENT_IDS = {"pos": "member", "ec": "account", "line": "friend", "app": "app-user", "cti": "caller", "catalog": "reader"}
