"""Cases of the demo town's help desk: what is owed after a purchase, from the question to its end, as its events tell it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from demo.catalogue import Article
from demo.envelope import RawEvent, event
from demo.life import Life
from demo.people import SEED
from demo.talk import Exchange

SOURCE = "/helpdesk"
SHARE = 0.75
"""Of the questions after a purchase, so many become a case of the help desk; all others are settled on the spot."""
TEAMS = {"配送": "online", "サイズ交換": "online", "不良品": "care", "領収書": "online", "お手入れ": "care"}
PRIORITIES = {"不良品": "HIGH", "配送": "HIGH", "お手入れ": "LOW"}
ENDS = ("SOLVED", "SOLVED", "SOLVED", "INFORMED", "INFORMED", "REFUNDED", "NO_ANSWER")


def desk_case(life: Life, at: datetime, exchange: Exchange, article: Article, placed: RawEvent) -> Iterator[RawEvent]:
    """Yield the events of the case that a question opens, if it opens one; a case draws its own chance."""
    order, channel = placed["subject"], placed["data"]["channel"]
    random = Random(f"{SEED} case {order}")
    if random.random() >= SHARE:
        return
    number = f"H-{order}"

    def told(place: int, hours: float, **data: Any) -> RawEvent:
        return event("case", SOURCE, f"{number}-{place}", at + timedelta(hours=hours), data, subject=number)

    subject = f"{exchange.summary}({article.name})"
    opened = {"by": life.by("ec" if channel == "WEB" else "cti"), "subject": subject, "state": "NEW", "channel": channel}
    yield told(0, 0, **opened, topic=exchange.topic, priority=PRIORITIES.get(exchange.topic, "NORMAL"), language="ja")
    team, staff = TEAMS[exchange.topic], f"op-{random.randint(1, 12)}"
    taken = random.lognormvariate(0, 0.9)
    yield told(1, taken, state="OPEN", team=team, staff=staff)
    if random.random() < 0.3:
        yield told(2, taken + 2, state="WAITING_CUSTOMER")
        taken += random.uniform(12, 60)
        yield told(3, taken, state="OPEN")
    solved = taken + random.uniform(1, 70)
    yield told(4, solved, state="RESOLVED", resolution=random.choice(ENDS))
    if random.random() < 0.08:
        # Their answer is that it is not settled.
        yield told(5, solved + 20, state="OPEN", priority="HIGH")
        yield told(6, solved + 44, state="RESOLVED", resolution="REFUNDED")
