"""The YAML file that the settings name for cases: which interactions open one, how new ones are sorted, when they are due."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from api.process.case_tables import FORM, CalendarRow, TargetRow, read_tables
from api.process.identity_files import read_table
from api.process.settings import InvalidSettings, Settings
from graph.cases.calendars import Calendar
from graph.cases.history import Priority
from graph.cases.opening_rules import DEFAULT_RULES, OpeningRule
from graph.cases.priority_rules import Rule
from graph.cases.tables import OFFICE
from graph.cases.targets import Target
from graph.touchpoints import INTERACTION_KINDS
from graph.vocabulary import CHANNELS

LONGEST_WORD = 100


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    kinds: list[str] | None = None
    topics: list[str] | None = None
    team: str | None = None
    opens: bool = True
    always: bool = False

    def rule(self) -> OpeningRule:
        kinds, topics = (None if each is None else frozenset(each) for each in (self.kinds, self.topics))
        return OpeningRule(kinds, topics, self.team, self.opens, self.always)


class _Sorting(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str | None = Field(None, min_length=1, max_length=LONGEST_WORD)
    words: list[str] = []
    channel: str | None = None
    rank: str | None = None
    topic: str | None = None
    promise_overdue: bool = False
    set_topic: str | None = Field(None, min_length=1, max_length=LONGEST_WORD)
    set_priority: Priority | None = None

    def rule(self, place: int) -> Rule:
        return Rule(
            self.name or str(place),
            tuple(self.words),
            self.channel,
            self.rank,
            self.topic,
            self.promise_overdue,
            self.set_topic,
            self.set_priority,
        )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    rules: list[_Rule] = []
    sorting: list[_Sorting] = []
    calendars: dict[str, CalendarRow] = {}
    targets: list[TargetRow] | None = Field(default=None, min_length=1)


def case_rules(settings: Settings) -> tuple[OpeningRule, ...]:
    """Return the rules of opening, the company's own before those that come with the program; raises InvalidSettings."""
    own = tuple(each.rule() for each in _file(settings).rules)
    unknown = sorted({kind for each in own for kind in each.kinds or ()} - set(INTERACTION_KINDS))
    if unknown:
        raise InvalidSettings(f"Settings: CASE_RULES_FILE names kinds that there are not: {', '.join(unknown)}.")
    return (*own, *DEFAULT_RULES)


def sorting_rules(settings: Settings) -> tuple[Rule, ...]:
    """Return the rules for topic and priority of new cases, in their order; raises InvalidSettings."""
    own = tuple(each.rule(place) for place, each in enumerate(_file(settings).sorting, start=1))
    for rule in own:
        if rule.sets_topic is None and rule.sets_priority is None:
            raise InvalidSettings(f"Settings: CASE_RULES_FILE: row {rule.id} of `sorting` sets neither topic nor priority.")
        if rule.channel is not None and rule.channel not in CHANNELS:
            raise InvalidSettings(f"Settings: CASE_RULES_FILE names a channel that there is not: {rule.channel}.")
        if not all(word.strip() for word in rule.words):
            raise InvalidSettings(f"Settings: CASE_RULES_FILE: row {rule.id} of `sorting` has a word that is empty.")
    if len({rule.id for rule in own}) < len(own):
        raise InvalidSettings("Settings: CASE_RULES_FILE: two rows of `sorting` have one name.")
    return own


def case_tables(settings: Settings) -> tuple[list[Calendar], list[Target] | None]:
    """Return the company's calendars, and its targets if it has any; raises InvalidSettings."""
    told = _file(settings)
    calendars, targets = read_tables(told.calendars, told.targets)
    unknown = sorted({row.calendar for row in targets or ()} - {each.id for each in calendars} - {OFFICE})
    if unknown:
        raise InvalidSettings(f"Settings: CASE_RULES_FILE: `targets` name calendars that there are not: {', '.join(unknown)}.")
    return calendars, targets


def _file(settings: Settings) -> _File:
    path = settings.case_rules_file
    if path is None:
        return _File()
    try:
        return _File.model_validate(read_table("CASE_RULES_FILE", path))
    except ValidationError:
        raise InvalidSettings(
            "Settings: CASE_RULES_FILE must have `rules` of `kinds`, `topics`, `team`, `opens`, `always`, and `sorting` of "
            "`name`, `words`, `channel`, `rank`, `topic`, `promise_overdue`, `set_topic`, `set_priority`; "
            f"and {FORM}."
        ) from None
