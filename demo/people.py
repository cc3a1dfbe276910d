"""The people of the demo town: who they are, which systems know them since when, and what they tend to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from demo.hours import at_hour
from demo.names import Name, drawn_name
from demo.shops import SHOPS
from demo.years import Years

LINE_SOURCE = "/line/1654000000"
SEED = 360


@dataclass(frozen=True, slots=True)
class Habit:
    """One sort of customer: how likely each system knows them, and the weight of each episode that may happen to them."""

    systems: Mapping[str, float]
    episodes: Mapping[str, int]


HABITS: Mapping[str, Habit] = {
    "SHOPPER": Habit(
        {"pos": 1.0, "ec": 0.3, "line": 0.3, "app": 0.2},
        {
            "shop_purchase": 9,
            "shop_visit": 5,
            "asks_then_buys": 3,
            "alteration": 2,
            "goods_back": 1,
            "line_talk": 2,
            "opinion": 1,
        },
    ),
    "ONLINE": Habit(
        {"ec": 1.0, "pos": 0.35, "line": 0.25, "app": 0.3},
        {
            "web_purchase": 8,
            "browsing": 6,
            "chat_then_order": 3,
            "newsletter": 3,
            "service_case": 3,
            "goods_back": 1,
            "opinion": 1,
        },
    ),
    "MOBILE": Habit(
        {"app": 1.0, "ec": 0.5, "line": 0.8, "pos": 0.6},
        {"app_purchase": 6, "line_talk": 5, "browsing": 4, "shop_purchase": 4, "check_in": 3, "chat_then_order": 2, "opinion": 1},
    ),
    "CATALOGUE": Habit(
        {"catalog": 1.0, "cti": 0.9, "pos": 0.4},
        {"catalogue_order": 7, "phone_order": 6, "asks_then_buys": 3, "shop_purchase": 2, "service_case": 2},
    ),
    "OFFICE": Habit(
        {"ec": 1.0, "cti": 0.6},
        {"office_order": 6, "web_purchase": 3, "service_case": 3, "newsletter": 1},
    ),
}
_SHARES = (44, 26, 17, 9, 4)
_HOUSEHOLD_FAMILIES = ("見本山", "見本谷", "例沢", "例本", "仮澤", "髙例", "例邊", "模田", "雛田", "想原")


@dataclass(frozen=True, slots=True)
class Resident:
    """One made-up person. `joined` says since when each system knows them; `company` is the number of an employer."""

    number: int
    name: Name
    birth: date
    shop: int
    habit: str
    joined: Mapping[str, datetime]
    landline: str | None = None
    company: int | None = None

    @property
    def mobile(self) -> str:
        return f"090-1234-{self.number:04d}"

    @property
    def mail(self) -> str:
        return f"{self.name.romaji_given}.{self.name.romaji_family}{self.number}@example.jp"

    @property
    def member(self) -> str:
        return f"M-{100000 + self.number}"

    @property
    def account(self) -> str:
        return f"U{1000 + self.number}"

    @property
    def line_id(self) -> str:
        return f"U{self.number:032x}"

    @property
    def app_user(self) -> str:
        return f"A-{500000 + self.number}"

    @property
    def catalogue_number(self) -> str:
        return f"K{700000 + self.number}"

    @property
    def caller(self) -> str:
        return f"C-{self.number}"

    @property
    def switchboard(self) -> str:
        return f"06-6000-{1000 + (self.company or 0)}"

    @property
    def house(self) -> int:
        """The number of their home; three of ten share one."""
        return self.number // 10 * 10 if self.number % 10 < 3 else self.number

    @property
    def since(self) -> datetime:
        return min(self.joined.values())

    def record(self, system: str) -> tuple[str, str]:
        """Return source and subject of what a system says about them."""
        return {
            "pos": ("/pos", self.member),
            "ec": ("/ec", self.account),
            "line": (LINE_SOURCE, self.line_id),
            "app": ("/app", self.app_user),
            "cti": ("/cti", self.caller),
            "catalog": ("/catalog", self.catalogue_number),
        }[system]


def resident(number: int, years: Years) -> Resident:
    """Return the person with this number: always the same one, whatever the size of the town."""
    random = Random(f"{SEED} resident {number}")
    at_home = Random(f"{SEED} house {number // 10}")
    shared = number % 10 < 3
    family = at_home.choice(_HOUSEHOLD_FAMILIES) if shared else None
    habit = random.choices(list(HABITS), weights=_SHARES)[0]
    shop = (at_home if shared else random).choices(range(len(SHOPS)), weights=[shop.weight for shop in SHOPS])[0]
    landline = None
    if shared or habit == "CATALOGUE":
        landline = f"03-1234-{1000 + (number // 10 * 10 if shared else number) % 8000}"
    return Resident(
        number=number,
        name=drawn_name(random, family),
        birth=date(1948, 1, 1) + timedelta(days=random.randrange(58 * 365)),
        shop=shop,
        habit=habit,
        joined=_joined(habit, random, years),
        landline=landline,
        company=number // 100 if habit == "OFFICE" else None,
    )


def joined_at(*systems: str, on: datetime) -> dict[str, datetime]:
    """Return when systems came to know somebody who told all of them on one day."""
    return dict.fromkeys(systems, on)


def _joined(habit: str, random: Random, years: Years) -> dict[str, datetime]:
    """More than half were customers before the town's time began; the others come in the course of it."""
    last = (years.end - years.begin).days - 30
    first = years.begin + timedelta(days=random.randrange(30) if random.random() < 0.55 else random.randrange(last))
    joined: dict[str, datetime] = {}
    for system, share in HABITS[habit].systems.items():
        if share == 1.0 or random.random() < share:
            wait = 0 if share == 1.0 else random.choice((0, 1, 10, 40, 90, 200))
            day = min(first + timedelta(days=wait), years.end - timedelta(days=2))
            joined[system] = at_hour(random, day.replace(hour=0), "STORE" if system == "pos" else "ONLINE")
    return joined
