"""Made-up cases as a company of some size has them: each opened by an interaction, and worked on for a while."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bench.customers import STORES
from graph.cases.automatic import INTERACTION, OPENED_BY_IT
from graph.cases.case import Case, case_of_touchpoint
from graph.cases.history import CaseEvent, Kind, moment
from graph.cases.ties import BY_PERSON, Tied, retell
from graph.events.newest import utc_text
from graph.keys import scoped, store_id, touchpoint_id
from graph.touchpoints.attention import kept_attention
from graph.touchpoints.kinds import TOUCHPOINTS

SOURCE = "/bench-inbox"
FIRST_NUMBER = 100_000
"""Before the number of the first of them there is room for those that other parts of the benchmark open."""
TEAMS = ("online", "stores", "delivery", "returns", "repair", "billing", "membership", "quality")
STAFF_OF_A_TEAM = 8
TOPICS = (
    "DELIVERY", "RETURN", "REPAIR", "INVOICE", "STOCK", "POINTS", "ADDRESS", "DEFECT", "SIZE", "COUPON", "STORE", "OTHER",
)  # fmt: skip
TAGS = ("vip", "gift", "refund", "press", "wedding", "corporate", "overseas", "recall", "legal", "school", "rare", "trial")
KINDS = ("EMAIL", "EMAIL", "WEB_FORM", "CHAT_THREAD")
DONE, IN_A_STORE, TAKEN, TAGGED, SNOOZED, ASKED = 0.4, 0.2, 0.8, 0.25, 0.05, 0.06
"""Shares of the cases: those resolved or closed; and of any, those of a store, of somebody, with a tag, out of the way, in
question at another team."""


@dataclass(slots=True)
class MadeUp:
    """A case with the interactions that belong to it: their properties, and the rules of the ties in the same order."""

    case: Case
    contacts: list[dict[str, Any]]
    rules: list[str]
    at: datetime
    step: timedelta
    random: Random

    def contact(self, kind: str, customer: int, rule: str, **told: Any) -> None:
        """Let an interaction with the customer happen, and tell of it in the history."""
        name = f"{self.case.id}-{len(self.contacts)}"
        own_id, at = touchpoint_id(scoped(SOURCE, name)), utc_text(self.at)
        row = {"kind": kind, "channel": TOUCHPOINTS[kind].channel, "record": record_key(customer), "bare": False, **told}
        row |= {"id": own_id, "source": SOURCE, "position": at + own_id, "rule": "NAMED", "case_id": self.case.id}
        self.contacts.append({**row, **kept_attention(kind, row)})
        self.rules.append(rule)
        retell(Tied(own_id, row), self.case)
        self.at += self.step

    def happen(self, kind: Kind, **told: Any) -> None:
        """Let something happen to the case, a while after what happened last."""
        self.case.happen(CaseEvent(f"{self.case.id}-{len(self.case.events)}", utc_text(self.at), kind, "op-1", **told))
        self.at += self.step


def record_key(customer: int) -> str:
    return scoped(SOURCE, f"K{customer}")


def staff(team: str, number: int) -> str:
    return f"{team}-{number}"


def made_up(count: int, customers: int, now: datetime, seed: int = 7) -> Iterator[MadeUp]:
    """Yield so many cases of so many customers as they stand at `now`; the same for the same seed and time."""
    random = Random(seed)
    for number in range(count):
        yield _made_up(number, number % customers, now, random)


def _made_up(number: int, customer: int, now: datetime, random: Random) -> MadeUp:
    done = random.random() < DONE
    age = timedelta(days=random.uniform(2, 365) if done else min(random.expovariate(1 / 6), 60))
    opened_by = touchpoint_id(scoped(SOURCE, f"{case_id(number)}-0"))
    case, at = Case(case_id(number)), now - age
    made = MadeUp(case, [], [], at, min(age, timedelta(days=4)) / 12, random)
    store = f"S{random.randrange(STORES)}" if random.random() < IN_A_STORE else ""
    subject, topic, team = f"お問い合わせ {number}", random.choice(TOPICS), random.choice(TEAMS)
    case.put(number=FIRST_NUMBER + number, subject=subject, record="", origin=INTERACTION, opened_by="", store_code=store)
    case.put(store_id=store_id(store) if store else "")
    opened = CaseEvent(f"{case.id}-0", utc_text(at), "OPENED", topic=topic, language="ja", channel="EMAIL", team=team)
    case.happen(opened)
    made.contact(random.choice(KINDS), customer, OPENED_BY_IT, direction="INBOUND", subject=subject, text="荷物が届きません。")
    assert made.contacts[0]["id"] == opened_by
    _work(made, team, customer)
    if done:
        made.happen("STATE_SET", state="RESOLVED", code="SOLVED", note="解決しました。")
    case.settle(utc_text(now))
    case.put(version=len(case.events))
    return made


def case_id(number: int) -> str:
    return case_of_touchpoint(f"bench-inbox-{number}")


def _work(made: MadeUp, team: str, customer: int) -> None:
    """Let the staff work on a case: take it, answer, wait, ask another team, set a priority, tag it, put it off."""
    random = made.random
    if (drawn := random.random()) < 0.3:
        made.happen("PRIORITY_SET", priority="URGENT" if drawn < 0.04 else "HIGH" if drawn < 0.15 else "LOW")
    if random.random() < TAGGED:
        made.happen("TAGGED", tag=TAGS[min(int(random.expovariate(0.5)), len(TAGS) - 1)])
    if random.random() > TAKEN:
        return
    account = staff(team, random.randrange(STAFF_OF_A_TEAM))
    made.happen("ASSIGNED", team=team, staff=account)
    if random.random() < 0.7:
        made.contact("EMAIL", customer, BY_PERSON, direction="OUTBOUND", subject="ご案内", text="確認いたします。", staff=account)
        if random.random() < 0.5:
            made.happen("STATE_SET", state="WAITING_CUSTOMER")
            if random.random() < 0.3:
                made.contact("EMAIL", customer, "THREAD", direction="INBOUND", subject="Re: ご案内", text="まだ届きません。")
    if random.random() < ASKED:
        other, until = random.choice(TEAMS), utc_text(made.at + timedelta(days=2))
        made.happen("ESCALATED", team=other, note="ご確認ください。", answer_by=until)
    elif random.random() < 0.1:
        made.happen("STATE_SET", state="WAITING_INTERNAL")
    if random.random() < SNOOZED:
        made.happen("SNOOZED", until=utc_text(made.at + timedelta(days=random.uniform(1, 14))))


def last_time(made: MadeUp) -> datetime:
    """Return when the last thing happened to a case."""
    return max(moment(event.at) for event in made.case.events.values())
