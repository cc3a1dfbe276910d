"""The playground: examples that answer, a page that works without a network and keeps no value, and copies that run."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, Route, expect

from api.commands.event_sending import event_door
from api.commands.town_asking import TownAsking
from api.commands.town_counter import POINTS, STOCK, TownCounter
from api.http.playground.examples import FOLDER, USERS, Example, examples
from demo.envelope import TOKYO
from demo.town import town_events
from graph.store import Store
from tests.api.http.test_streaming import visit
from tests.peers.axe import serious_findings
from tests.peers.installed import app_with_typescript, node
from tests.running import IN_CHROMIUM, Running, running

TARO = "090-1234-0001"
SECRET = "秘密の名前"
PLACEHOLDER = "Q3VzdG9tZXI6..."
"""Stands for a customer of whom another example tells the id."""


# Found by the awkward text below only if every letter of it arrives.
NAMED_LIKE_THE_TEXT = {
    "specversion": "1.0", "type": "customer360.person.v1", "source": "/ec", "id": "awkward", "subject": "awkward",
    "time": "2026-04-01T10:00:00Z", "data": {"name": {"full": "It's x HOME 試験"}},
}  # fmt: skip


def ringing() -> dict[str, Any]:
    """A call of now, by a number of the town."""
    by = {"identifiers": [{"kind": "PHONE", "value": TARO}]}
    data = {"kind": "CALL", "direction": "INBOUND", "outcome": "RINGING", "queue": "ご注文", "by": by}
    now = datetime.now(UTC).isoformat()
    return {
        **NAMED_LIKE_THE_TEXT,
        "type": "customer360.interaction.v1",
        "id": "rings",
        "subject": "rings",
        "time": now,
        "data": data,
    }


@pytest.fixture(scope="module")
async def town(store: Store, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """The server on the stories of a demo town of today, without its crowd."""
    async with running(store, tmp_path_factory.mktemp("playground"), points_file=POINTS, stock_of_orders=STOCK) as server:
        today = datetime.now(TOKYO).date()
        async with event_door(server.address, server.tokens.issue("admin"), "127.0.0.1") as door:
            counter = TownCounter(TownAsking(door, datetime.now(UTC)))
            await counter.open()
            await server.post([*town_events(today, 0), NAMED_LIKE_THE_TEXT, ringing()])
            await counter.serve(today)
        async with asyncio.timeout(60):
            while not await points_of_the_card(server):
                await asyncio.sleep(0.1)
        yield server


@dataclass(frozen=True, slots=True)
class Window:
    """A page; `outside` are the requests that were refused, `complaints` is what the console said."""

    page: Page
    outside: list[str]
    complaints: list[str]
    addresses: list[str]


@pytest.fixture
async def window(chromium: Browser) -> AsyncIterator[Window]:
    context = await chromium.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    seen = Window(await context.new_page(), [], [], [])

    async def only_loopback(route: Route) -> None:
        if urlsplit(route.request.url).hostname == "127.0.0.1":
            await route.continue_()
        else:
            seen.outside.append(route.request.url)
            await route.abort()

    await context.route("**/*", only_loopback)
    context.on("request", lambda request: seen.addresses.append(request.url))
    seen.page.on("console", lambda said: seen.complaints.append(said.text) if said.type in ("error", "warning") else None)
    seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    yield seen
    await context.close()


def leaves(value: Any) -> list[Any]:
    """Return the values of an answer that say something: no nulls, and nothing that merely holds others."""
    if isinstance(value, dict):
        return [leaf for member in value.values() for leaf in leaves(member)]
    if isinstance(value, list):
        return [leaf for member in value for leaf in leaves(member)]
    return [] if value is None else [value]


FOLLOWED = [example for example in examples() if example.query.startswith("subscription")]
ASKED = [example for example in examples() if example not in FOLLOWED]


async def of_the_card(town: Running) -> dict[str, Any]:
    """Return the customer whom the first example of a till shows: their id is drawn anew in each town."""
    card = next(example for example in examples() if example.name == "till_1_points_of_a_card")
    return (await town.ask(card.query, "call_center", **card.variables))["data"]["customer"]


async def points_of_the_card(town: Running) -> int:
    """Return what can be spent; points follow their orders by themselves, a moment later."""
    return (await of_the_card(town))["loyalty"]["balance"]


@pytest.mark.parametrize("example", ASKED, ids=lambda example: example.name)
async def test_an_example_is_answered_with_real_data(town: Running, example: Example) -> None:
    given = example.variables.get("input", {})
    if given.get("customerId") == PLACEHOLDER:
        given = {**given, "customerId": (await of_the_card(town))["id"]}
    body = {"query": example.query, "variables": {**example.variables, "input": given} if given else example.variables}
    role = "steward" if example.user == "Steward" else "call_center"
    told = await town.client.post("/graphql", json=body, headers=town.bearer(role))
    answer = told.json()
    assert "errors" not in answer
    assert all(leaves(root) for root in answer["data"].values())
    assert '"userErrors":[{' not in told.text
    assert len(leaves(answer["data"])) >= 5


@pytest.mark.parametrize("example", FOLLOWED, ids=lambda example: example.name)
async def test_an_example_that_follows_shows_what_is_recorded_as_it_happens(
    window: Window, town: Running, example: Example
) -> None:
    page = await opened(window, town)
    await page.select_option("#examples", example.name)
    await run(page, town.tokens.issue("steward"))
    result = page.locator(".result-window")
    for number in range(20):  # it begins to follow in its own time
        await town.post([visit(f"{example.name}-{number}")])
        with suppress(AssertionError):
            await expect(result).to_contain_text('"cursor"', timeout=1_000)
            break
    await expect(result).to_contain_text('"cursor"')
    await page.get_by_role("button", name="Stop query").click()
    assert window.complaints == []


def test_every_user_has_examples_and_every_file_is_one() -> None:
    assert {example.user for example in examples()} == set(USERS.values())
    assert {path.stem for path in FOLDER.iterdir()} == {example.name for example in examples()}
    assert len({example.title for example in examples()}) == len(examples())


async def opened(window: Window, town: Running) -> Page:
    await window.page.goto(f"{town.address}/playground")
    await expect(window.page.locator(".graphiql-query-editor .CodeMirror")).to_be_visible()
    return window.page


async def run(page: Page, token: str) -> None:
    await page.fill("#token", token)
    await page.get_by_role("button", name="Execute query").click()


def token_of(town: Running) -> str:
    return town.tokens.issue("call_center")


async def test_the_page_works_with_the_network_off(window: Window, town: Running) -> None:
    page = await opened(window, town)
    await page.select_option("#examples", "operator_1_who_calls")
    await run(page, "")
    await expect(page.locator(".result-window")).to_contain_text("UNAUTHENTICATED")
    await run(page, token_of(town))
    await expect(page.locator(".result-window")).to_contain_text("試験 太郎")
    await page.get_by_role("button", name="Show Documentation Explorer").click()
    await page.locator(".graphiql-doc-explorer").get_by_role("link", name="Query").click()
    await expect(page.locator(".graphiql-doc-explorer")).to_contain_text("customerLookup")
    await page.get_by_role("button", name="Show GraphiQL Explorer").click()
    await expect(page.locator(".graphiql-explorer-root").get_by_role("textbox", name="Query Name")).to_have_value("WhoIsCalling")
    await page.get_by_role("button", name="Open settings dialog").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Theme")
    assert window.outside == []
    assert [said for said in window.complaints if "401" not in said] == []


async def test_who_has_signed_in_needs_no_token(window: Window, town: Running) -> None:
    page = await opened(window, town)
    await page.select_option("#examples", "operator_1_who_calls")
    await run(page, "")
    await expect(page.locator("#said")).to_have_text("Sign in, or paste a token.")
    await page.context.add_cookies(IN_CHROMIUM)
    await run(page, "")
    await expect(page.locator(".result-window")).to_contain_text("試験 太郎")
    await expect(page.locator("#said")).to_have_text("")


async def test_the_variables_are_those_that_stand_there(window: Window, town: Running) -> None:
    page = await opened(window, town)
    await page.select_option("#examples", "shop_2_order_at_the_counter")
    await written(page, ".graphiql-editor-tool:not(.hidden) .CodeMirror", '{"number": "EC-TARO-1"}')
    await run(page, token_of(town))
    await expect(page.locator(".result-window")).to_contain_text('"EC-TARO-1"')


async def written(page: Page, editor: str, text: str) -> None:
    """Replace what stands in an editor, as if it had been pasted."""
    await page.locator(editor).evaluate("(element, text) => element.CodeMirror.setValue(text)", text)


KEPT = "Object.values(localStorage).concat(Object.values(sessionStorage)).join('\\n')"


async def test_the_history_keeps_operations_and_none_of_their_values(window: Window, town: Running) -> None:
    page = await opened(window, town)
    token = token_of(town)
    await page.select_option("#examples", "operator_1_who_calls")
    await run(page, token)
    await expect(page.locator(".result-window")).to_contain_text("試験 太郎")
    query = f"""# {SECRET}
query ByHand {{ customers(search: "{SECRET}", first: 7) {{ totalCount }} customer(by: {{phone: "{TARO}"}}) {{ kana }} }}"""
    await written(page, ".graphiql-query-editor .CodeMirror", query)
    await run(page, token)
    await expect(page.locator(".result-window")).to_contain_text("シケン タロウ")
    await page.wait_for_function("(localStorage.getItem('graphiql:queries') || '').includes('ByHand')")
    kept = await page.evaluate(KEPT)
    assert "customerLookup" in kept
    assert "first: 7" in kept
    assert [value for value in (SECRET, TARO, "1234", token, "試験") if value in kept] == []
    assert [address for address in window.addresses if TARO in address or token in address or "customerLookup" in address] == []
    await page.reload()
    history = json.loads(await page.evaluate("localStorage.getItem('graphiql:queries')"))["queries"]
    assert ['search: ""' in entry["query"] for entry in history if "ByHand" in entry["query"]] == [True]
    assert await page.input_value("#token") == ""
    await page.get_by_role("button", name="Show History").click()
    await expect(page.locator(".graphiql-history-item-label")).to_have_text(["ByHand", "WhoIsCalling"])


async def copied(page: Page, language: str) -> str:
    await page.get_by_role("button", name=language, exact=True).click()
    await expect(page.locator("#said")).to_contain_text("Copied")
    return await page.evaluate("navigator.clipboard.readText()")


AWKWARD = r'''query Awkward($text: String!) {
  found: customers(search: $text, first: 1) { edges { node { name } } }
  other: customers(search: "it's \"\\ `${x}` $HOME 試験") { totalCount }
  long: customers(search: """block""") { totalCount }
}'''


CHECKED = ["--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext", "--types", "node"]


async def said_by(program: Sequence[str], folder: Path, token: str) -> bytes:
    env = os.environ | {"CUSTOMER360_TOKEN": token, "PYTHONUTF8": "1"}
    done = await asyncio.to_thread(subprocess.run, program, cwd=folder, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize(
    ("language", "file", "programs"),
    [
        ("curl", "copied.sh", [["sh", "copied.sh"]]),
        ("Python", "copied.py", [[sys.executable, "copied.py"]]),
        ("TypeScript", "copied.ts", [[node(), "node_modules/.bin/tsc", *CHECKED, "copied.ts"], [node(), "copied.js"]]),
    ],
    ids=["curl", "python", "typescript"],
)
async def test_what_is_copied_runs(
    window: Window, town: Running, tmp_path: Path, language: str, file: str, programs: list[list[str]]
) -> None:
    page, token = await opened(window, town), token_of(town)
    await page.fill("#token", token)
    await written(page, ".graphiql-query-editor .CodeMirror", AWKWARD)
    await written(page, ".graphiql-editor-tool:not(.hidden) .CodeMirror", json.dumps({"text": "太郎"}))
    text = await copied(page, language)
    assert token not in text
    (tmp_path / file).write_text(text, "utf-8")
    if language == "TypeScript":
        await asyncio.to_thread(app_with_typescript, tmp_path)
    said = [await said_by(program, tmp_path, token) for program in programs]
    answer = json.loads(said[-1])
    assert "errors" not in answer
    assert answer["data"]["found"]["edges"][0]["node"]["name"] == "試験 太郎"
    assert answer["data"]["other"]["totalCount"] >= 1


async def test_the_schema_is_drawn_and_can_be_searched(window: Window, town: Running) -> None:
    page = window.page
    await page.goto(f"{town.address}/playground/schema")
    await expect(page.locator('.type[data-type="Customer"].chosen')).to_be_in_viewport()
    await page.get_by_label("Find").fill("favouriteStore")
    await page.get_by_role("button", name="CustomerMetrics.favouriteStore").click()
    await expect(page.locator('.type[data-type="CustomerMetrics"].chosen')).to_be_in_viewport()
    await expect(page.locator('.way.chosen[data-to="Store"]')).to_have_count(1)
    await expect(page.locator('.type[data-type="Query"]')).to_have_count(0)
    await expect(page.locator("#described")).to_contain_text("favouriteStore: Store")
    await page.get_by_label("Find").fill("xyzzy")
    await expect(page.locator("#said")).to_have_text("0 found")
    await page.locator("#drawing").press("0")
    await expect(page.locator('.type[data-type="Call"]')).to_be_in_viewport()
    assert (window.outside, window.complaints) == ([], [])


WIDTHS = [1280, 390]


@pytest.mark.parametrize("width", WIDTHS)
async def test_a_chosen_type_stands_legible_in_sight_and_leads_to_its_neighbours(
    window: Window, town: Running, width: int
) -> None:
    page = window.page
    await page.set_viewport_size({"width": width, "height": 844})
    await page.goto(f"{town.address}/playground/schema")
    chosen = page.locator(".type.chosen")
    await expect(chosen).to_have_attribute("data-type", "Customer")
    await page.get_by_label("Find").fill("MatchScore")
    await page.locator("#found").get_by_role("button", name="MatchScore", exact=True).press("Enter")
    await expect(chosen).to_have_attribute("data-type", "MatchScore")
    await expect(chosen).to_be_in_viewport(ratio=0.99)
    size = await chosen.locator(".row").first.evaluate("row => row.getBoundingClientRect().height")
    assert size >= 10
    await page.locator("#described").get_by_role("button", name="FieldScore").press("Enter")
    await expect(chosen).to_have_attribute("data-type", "FieldScore")
    await page.locator("#described").get_by_role("button", name="MatchScore", exact=True).press("Enter")
    await expect(page.locator("#described h2")).to_have_text("MatchScore")
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/playground", "/playground/schema"])
async def test_both_pages_have_a_heading_names_for_their_fields_and_contrast(
    window: Window, town: Running, path: str, width: int
) -> None:
    page = window.page
    await page.set_viewport_size({"width": width, "height": 844})
    await page.goto(f"{town.address}{path}")
    await expect(page.locator(".graphiql-query-editor .CodeMirror, .type.chosen").first).to_be_visible()
    assert await serious_findings(page) == []
    await expect(page.locator("h1")).to_have_count(1)
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_on_a_phone_the_operation_and_its_answer_stand_one_below_the_other(window: Window, town: Running) -> None:
    page = window.page
    await page.set_viewport_size({"width": 390, "height": 844})
    await opened(window, town)
    await page.select_option("#examples", "operator_1_who_calls")
    await run(page, token_of(town))
    await expect(page.locator(".result-window")).to_contain_text("試験 太郎")
    for editor in (".graphiql-query-editor", ".graphiql-response"):
        box = await page.locator(editor).bounding_box()
        assert box is not None
        assert (box["width"] > 280, box["height"] > 150, box["x"] + box["width"] <= 390) == (True, True, True), (editor, box)


async def test_scripts_come_from_here_only(town: Running) -> None:
    for path in ("/playground", "/playground/schema"):
        answer = await town.client.get(path)
        policy = dict(part.partition(" ")[::2] for part in answer.headers["content-security-policy"].split("; "))
        assert (policy["default-src"], policy["script-src"], policy["connect-src"]) == ("'none'", "'self'", "'self'")
