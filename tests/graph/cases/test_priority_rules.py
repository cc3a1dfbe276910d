"""What rules make of the topic and the priority of a new case, as a table."""

from __future__ import annotations

from typing import Any

import pytest

from graph.cases.priority_rules import CHANNEL, PROMISE_OVERDUE, RANK, TOPIC, WORDS, Applied, Incoming, Rule, sort

RULES = (
    Rule("returns", words=("返品", "交換", "return"), sets_topic="returns"),
    Rule("delivery", words=("届かない", "届きません", "配送", "delivery"), sets_topic="delivery"),
    Rule("danger", words=("発火", "煙", "けが", "fire"), sets_topic="safety", sets_priority="URGENT"),
    Rule("chat", channel="CHAT", sets_priority="HIGH"),
    Rule("gold-delivery", rank="GOLD", topic="delivery", sets_priority="HIGH"),
    Rule("promise", promise_overdue=True, sets_priority="URGENT"),
    Rule("fax", channel="FAX", sets_priority="LOW"),
)


@pytest.mark.parametrize(
    ("text", "values", "topic", "priority", "by_topic", "by_priority"),
    [
        ("こんにちは", {}, None, "NORMAL", None, None),
        ("商品を返品したい", {}, "returns", "NORMAL", Applied("returns", ((WORDS, "返品"),)), None),
        ("返品か交換", {}, "returns", "NORMAL", Applied("returns", ((WORDS, "返品, 交換"),)), None),
        ("配送品の返品", {}, "returns", "NORMAL", Applied("returns", ((WORDS, "返品"),)), None),
        ("Delivery?", {}, "delivery", "NORMAL", Applied("delivery", ((WORDS, "delivery"),)), None),
        ("the returned firefly", {}, None, "NORMAL", None, None),
        ("煙が出た", {}, "safety", "URGENT", Applied("danger", ((WORDS, "煙"),)), Applied("danger", ((WORDS, "煙"),))),
        ("ﾌﾟﾘﾝﾀ", {"channel": "FAX"}, None, "LOW", None, Applied("fax", ((CHANNEL, "FAX"),))),
        ("?", {"channel": "FAX", "promise_overdue": True}, None, "URGENT", None, Applied("promise", ((PROMISE_OVERDUE, ""),))),
        (
            "まだ届きません", {"rank": "GOLD"}, "delivery", "HIGH", Applied("delivery", ((WORDS, "届きません"),)),
            Applied("gold-delivery", ((RANK, "GOLD"), (TOPIC, "delivery"))),
        ),
        ("返品", {"topic": "delivery"}, "delivery", "NORMAL", None, None),
        ("煙", {"channel": "CHAT"}, "safety", "URGENT", Applied("danger", ((WORDS, "煙"),)), Applied("danger", ((WORDS, "煙"),))),
    ],
)  # fmt: skip
def test_rules_sort_what_comes_in_and_say_why(
    text: str, values: dict[str, Any], topic: str | None, priority: str, by_topic: Applied | None, by_priority: Applied | None
) -> None:
    sorting = sort(Incoming(text, **{"channel": "EMAIL", **values}), RULES)
    assert (sorting.topic, sorting.priority) == (topic, priority)
    assert (sorting.by_topic, sorting.by_priority) == (by_topic, by_priority)
