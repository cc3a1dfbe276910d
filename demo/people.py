"""The people of the demo town, and what each system knows of them: till, web shop, LINE, call centre."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from demo.envelope import BEGIN, RawEvent, event

# Names that nobody bears: their surnames mean test, sample, example, assumption, fiction, exercise ...
FAMILIES = (
    ("試験", "シケン", "shiken"), ("見本", "ミホン", "mihon"), ("例田", "レイダ", "reida"), ("仮野", "カリノ", "karino"),
    ("架空", "カクウ", "kakuu"), ("模擬", "モギ", "mogi"), ("雛形", "ヒナガタ", "hinagata"), ("想定", "ソウテイ", "soutei"),
    ("例﨑", "レイザキ", "reizaki"), ("髙例", "タカレイ", "takarei"), ("試作", "シサク", "shisaku"),
    ("仮置", "カリオキ", "karioki"),
    ("練習", "レンシュウ", "renshuu"), ("見本川", "ミホンガワ", "mihongawa"),
)  # fmt: skip
GIVEN = (
    ("太郎", "タロウ", "taro", "MALE"), ("花子", "ハナコ", "hanako", "FEMALE"), ("一郎", "イチロウ", "ichiro", "MALE"),
    ("桜", "サクラ", "sakura", "FEMALE"), ("健", "ケン", "ken", "MALE"), ("葵", "アオイ", "aoi", "FEMALE"),
    ("翔", "ショウ", "sho", "MALE"), ("美咲", "ミサキ", "misaki", "FEMALE"), ("大輔", "ダイスケ", "daisuke", "MALE"),
    ("由美", "ユミ", "yumi", "FEMALE"), ("誠", "マコト", "makoto", "MALE"), ("結衣", "ユイ", "yui", "FEMALE"),
    ("次郎", "ジロウ", "jiro", "MALE"), ("楓", "カエデ", "kaede", "FEMALE"),
)  # fmt: skip
RANKS = ("REGULAR", "REGULAR", "SILVER", "GOLD")
LINE_SOURCE = "/line/1654000000"


@dataclass(frozen=True, slots=True)
class Resident:
    """One made-up person; `systems` are those that know them."""

    number: int
    family: tuple[str, str, str]
    given: tuple[str, str, str, str]
    birth: date
    since: datetime
    shop: int
    systems: frozenset[str]

    @property
    def name(self) -> str:
        return f"{self.family[0]} {self.given[0]}"

    @property
    def kana(self) -> str:
        return f"{self.family[1]} {self.given[1]}"

    @property
    def mobile(self) -> str:
        return f"090-1234-{self.number:04d}"

    @property
    def mail(self) -> str:
        return f"{self.given[2]}.{self.family[2]}{self.number}@example.jp"

    @property
    def member(self) -> str:
        return f"M-{100000 + self.number}"

    @property
    def account(self) -> str:
        return f"U{1000 + self.number}"

    @property
    def line_id(self) -> str:
        return f"U{self.number:032x}"


def residents(random: Random, count: int) -> list[Resident]:
    """Return people with the systems that know them; names are all different, the first one is known everywhere."""
    found: list[Resident] = []
    for number in range(1, count + 1):
        family, given = FAMILIES[(number - 1) // len(GIVEN) % len(FAMILIES)], GIVEN[(number - 1) % len(GIVEN)]
        systems = {"pos"} if random.random() < 0.75 else {"ec"}
        systems |= {system for system, share in (("ec", 0.5), ("line", 0.35), ("cti", 0.2)) if random.random() < share}
        known = frozenset(systems) if number > 1 else frozenset({"pos", "ec", "line", "cti"})
        birth = date(1950, 1, 1) + timedelta(days=random.randrange(55 * 365))
        since = BEGIN + timedelta(minutes=random.randrange(300 * 24 * 60))
        found.append(Resident(number, family, given, birth, since, random.randrange(4), known))
    return found


def records(person: Resident, random: Random) -> Iterator[RawEvent]:
    """Yield what each system says about a person, each in its own notation."""
    if "pos" in person.systems:
        yield _till(person, random)
    if "ec" in person.systems:
        yield _web_shop(person)
    if "line" in person.systems:
        yield _line(person)
    if "cti" in person.systems:
        yield _call_center(person)


def era(day: date) -> str:
    """Return a date as a till prints it: 昭和63年8月8日."""
    if day >= date(1989, 1, 8):
        return f"平成{day.year - 1988}年{day.month}月{day.day}日"
    return f"昭和{day.year - 1925}年{day.month}月{day.day}日"


def _till(person: Resident, random: Random) -> RawEvent:
    data = {
        "name": {"full": person.name},
        "kana": {"full": person.kana},
        "birthDate": era(person.birth),
        "gender": person.given[3],
        "address": {"full": f"東京都見本区例町{1 + person.number % 9}丁目{1 + person.number % 20}番{1 + person.number % 15}号"},
        "identifiers": [
            {"kind": "MEMBER_NUMBER", "value": person.member},
            {"kind": "POS_CARD", "value": f"2990-0000-{person.number:04d}"},
            {"kind": "PHONE", "value": person.mobile},
        ],
        "attributes": {"rank": random.choice(RANKS)},
    }
    return event("person", "/pos", f"member-{person.number}", person.since, data, subject=person.member)


def _web_shop(person: Resident) -> RawEvent:
    data = {
        "name": {"family": person.family[0].replace("髙", "高").replace("﨑", "崎"), "given": person.given[0]},
        "kana": {"family": person.family[1], "given": person.given[1]},
        "birthDate": person.birth.isoformat(),
        "language": "ja",
        "identifiers": [
            {"kind": "EC_ACCOUNT_ID", "value": person.account},
            {"kind": "EMAIL", "value": person.mail, "verified": True},
            {"kind": "PHONE", "value": person.mobile.translate(str.maketrans("0123456789-", "０１２３４５６７８９ー"))},
        ],
        "attributes": {"newsletter": person.number % 3 != 0},
    }
    return event("person", "/ec", f"account-{person.number}", person.since + timedelta(days=20), data, subject=person.account)


def _line(person: Resident) -> RawEvent:
    """A LINE friend shows a nickname; linking the account in the app adds the member number or the web account."""
    linked = {"kind": "EC_ACCOUNT_ID", "value": person.account}
    if "pos" in person.systems:
        linked = {"kind": "MEMBER_NUMBER", "value": person.member}
    identifiers = [{"kind": "LINE_USER_ID", "value": person.line_id}]
    # Every fifth friend never linked an account: a customer of their own until they do.
    data = {
        "identifiers": identifiers if person.number % 5 == 0 else [*identifiers, linked],
        "attributes": {"displayName": person.given[2]},
    }
    return event(
        "person", LINE_SOURCE, f"friend-{person.number}", person.since + timedelta(days=45), data, subject=person.line_id
    )


def _call_center(person: Resident) -> RawEvent:
    data = {
        "kana": {"full": person.kana},
        "identifiers": [{"kind": "PHONE", "value": "+81" + person.mobile.removeprefix("0").replace("-", "")}],
    }
    return event(
        "person", "/cti", f"caller-{person.number}", person.since + timedelta(days=60), data, subject=f"C-{person.number}"
    )
