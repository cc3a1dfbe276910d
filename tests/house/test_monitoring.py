"""Alerts and the dashboard ask for metrics that there are, and each alert says what to do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson
import promql_parser
import pytest
import yaml

from api.telemetry.measures import REGISTRY

ROOT = Path(__file__).parents[2]
ALERTS = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yaml").read_text("utf-8"))
RULES: list[dict[str, Any]] = [rule for group in ALERTS["groups"] for rule in group["rules"]]
DASHBOARD = orjson.loads((ROOT / "deploy/grafana/customer360.json").read_text("utf-8"))
OF_PROMETHEUS = {"up"}
OF_GRAFANA = {"$__rate_interval": "5m", "$instance": "x"}
SUFFIXES = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_count", "_sum")}


def series() -> set[str]:
    return {family.name + suffix for family in REGISTRY.collect() for suffix in SUFFIXES.get(family.type, ("",))}


def selectors(expression: str) -> set[str]:
    """Return the names of the metrics that a PromQL expression asks for; raise ValueError where it is none."""
    found: set[str] = set()

    def visit(node: Any) -> bool:
        if isinstance(node, promql_parser.VectorSelector):
            found.add(node.name)
        return True

    promql_parser.walk(promql_parser.parse(expression), visit)
    return found


def dashboard_queries() -> list[str]:
    queries = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
    for name, value in OF_GRAFANA.items():
        queries = [query.replace(name, value) for query in queries]
    return queries


def entries() -> dict[str, str]:
    pieces = re.split(r"^## (\w+)$", (ROOT / "docs/runbook.md").read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_an_alert_asks_for_metrics_that_there_are(rule: dict[str, Any]) -> None:
    asked = selectors(rule["expr"])
    assert asked
    assert asked <= series() | OF_PROMETHEUS
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["summary"]


@pytest.mark.parametrize("query", dashboard_queries())
def test_a_panel_asks_for_metrics_that_there_are(query: str) -> None:
    assert selectors(query) <= series()
    assert selectors(query)


def test_each_alert_has_an_entry_that_says_what_it_means_and_what_to_do_and_each_entry_an_alert() -> None:
    written = entries()
    assert list(written) == [rule["alert"] for rule in RULES]
    assert [name for name, text in written.items() if "**Means** " not in text or "**Do** " not in text] == []


def test_the_job_that_the_alerts_name_is_that_of_the_configuration() -> None:
    configuration = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yaml").read_text("utf-8"))
    assert {job["job_name"] for job in configuration["scrape_configs"]} == {"customer360"}
    assert set(re.findall(r'job="(\w+)"', "".join(rule["expr"] for rule in RULES))) == {"customer360"}


def test_every_metric_of_ours_is_described_where_the_server_is_run() -> None:
    page = (ROOT / "docs/run-in-production.md").read_text("utf-8")
    ours = {family.name for family in REGISTRY.collect() if family.name.startswith("customer360_")}
    assert {name for name in ours if f"`{name}`" not in page} == set()
    assert set(re.findall(r"`(customer360_\w+)`", page)) == ours


def test_a_misspelt_metric_is_found_and_a_broken_expression_too() -> None:
    assert selectors("rate(customer360_http_request_total[5m])") - series()
    with pytest.raises(ValueError, match=r"."):
        selectors("rate(customer360_http_requests_total[5m]")
