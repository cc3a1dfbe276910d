"""The YAML file that the settings name for cases: which interactions open one by themselves, and which team gets it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from api.process.identity_files import read_table
from api.process.settings import InvalidSettings, Settings
from graph.cases.opening_rules import DEFAULT_RULES, OpeningRule
from graph.touchpoints import INTERACTION_KINDS


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


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    rules: list[_Rule]


def case_rules(settings: Settings) -> tuple[OpeningRule, ...]:
    """Return the rules, the company's own before those that come with the program; raises InvalidSettings."""
    path = settings.case_rules_file
    if path is None:
        return DEFAULT_RULES
    try:
        own = tuple(each.rule() for each in _File.model_validate(read_table("CASE_RULES_FILE", path)).rules)
    except ValidationError:
        raise InvalidSettings(
            "Settings: CASE_RULES_FILE must have `rules` of `kinds`, `topics`, `team`, `opens`, `always`."
        ) from None
    unknown = sorted({kind for each in own for kind in each.kinds or ()} - set(INTERACTION_KINDS))
    if unknown:
        raise InvalidSettings(f"Settings: CASE_RULES_FILE names kinds that there are not: {', '.join(unknown)}.")
    return (*own, *DEFAULT_RULES)
