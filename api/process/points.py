"""The YAML file that the settings name for points: by which rules orders earn, which ranks there are, how long points live."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.process.identity_files import read_table
from api.process.settings import InvalidSettings, Settings
from graph.loyalty.programme import EarnRule, Programme, Rank
from graph.loyalty.programme_text import SETS
from graph.money import to_minor
from graph.vocabulary import CHANNELS

Name = Annotated[str, Field(min_length=1, max_length=100)]
Days = Annotated[int, Field(ge=1, le=36_500)]


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)


class _Rank(_Row):
    name: Name
    spend: int | str


class _Rule(_Row):
    name: Name
    per: int | str
    points: int = Field(ge=0)
    begins: date | None = Field(None, alias="from")
    ends: date | None = Field(None, alias="until")
    skus: list[str] | None = None
    ranks: list[str] | None = None
    channels: list[str] | None = None
    stores: list[str] | None = None
    sources: list[str] | None = None
    categories: list[str] | None = None
    brands: list[str] | None = None
    adds: bool = False

    def rule(self, currency: str) -> EarnRule:
        told = {name: getattr(self, name) for name in SETS}
        sets: dict[str, frozenset[str]] = {name: frozenset(each) for name, each in told.items() if each is not None}
        per = to_minor(str(self.per), currency)
        return EarnRule(self.name, per, self.points, self.begins, self.ends, adds=self.adds, **sets)


class _File(_Row):
    currency: str = "JPY"
    return_days: int = Field(0, ge=0, le=36_500)
    valid_days: Days = 365
    given_back_days: Days = 30
    used_from: list[str] = []
    ranks: list[_Rank] = []
    rules: list[_Rule] = []


def points_programme(settings: Settings) -> Programme | None:
    """Return the company's programme, or None without a file; raises InvalidSettings."""
    path = settings.points_file
    if path is None:
        return None
    try:
        told = _File.model_validate(read_table("POINTS_FILE", path))
        ranks = tuple(Rank(each.name, to_minor(str(each.spend), told.currency)) for each in told.ranks)
        rules = tuple(each.rule(told.currency) for each in told.rules)
    except ValidationError:
        raise InvalidSettings(
            "Settings: POINTS_FILE must have `currency`, `return_days`, `valid_days`, `given_back_days`, `used_from`, `ranks` of "
            "`name`, `spend`, and `rules` of `name`, `per`, `points`, `from`, `until`, `skus`, `ranks`, `channels`, `stores`, "
            "`sources`, `categories`, `brands`, `adds` (docs/points.md)."
        ) from None
    except ValueError as error:
        raise InvalidSettings(f"Settings: POINTS_FILE: an amount {error}.") from None
    _check(ranks, rules)
    life = (told.return_days, told.valid_days, told.given_back_days)
    return Programme(0, "", settings.business_time_zone.key, told.currency, *life, frozenset(told.used_from), ranks, rules)


def _check(ranks: tuple[Rank, ...], rules: tuple[EarnRule, ...]) -> None:
    """Raise InvalidSettings for what is read well and cannot be meant."""
    for what, names in (("ranks", [rank.name for rank in ranks]), ("rules", [rule.name for rule in rules])):
        if len(set(names)) < len(names):
            raise InvalidSettings(f"Settings: POINTS_FILE: two rows of `{what}` have one name.")
    known = {rank.name for rank in ranks}
    for rule in rules:
        if rule.per <= 0:
            raise InvalidSettings(f"Settings: POINTS_FILE: `per` of the rule {rule.name} is not above 0.")
        if rule.begins and rule.ends and rule.ends < rule.begins:
            raise InvalidSettings(f"Settings: POINTS_FILE: the rule {rule.name} ends before it begins.")
        for what, told, there in (("ranks", rule.ranks, known), ("channels", rule.channels, set(CHANNELS))):
            if unknown := sorted((told or frozenset()) - there):
                named = ", ".join(unknown)
                raise InvalidSettings(f"Settings: POINTS_FILE: the rule {rule.name} names {what} that there are not: {named}.")
