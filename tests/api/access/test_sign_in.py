"""People sign in at a real OpenID provider, and out again, here and there; whatever is not as it must be lets nobody in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import orjson
import pytest

from api.access.paths import inside
from api.process.rate import Rate
from graph.store import Store, Transaction
from tests.peers.provider import OpenIdProvider, answer_provider, openid_provider
from tests.running import SIGNED_IN, Running, running
from tests.served import free_port

COOKIE, UNDER_WAY = "customer360_session", "customer360_sign_in"


@dataclass(frozen=True, slots=True)
class Company:
    server: Running
    provider: OpenIdProvider


@pytest.fixture(scope="module")
def root() -> str:
    return f"http://127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def provider(root: str) -> Iterator[OpenIdProvider]:
    with openid_provider(root) as started:
        yield started


@pytest.fixture(scope="module")
async def company(
    store: Store, provider: OpenIdProvider, root: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Company]:
    settings = provider.settings(root)
    async with running(store, tmp_path_factory.mktemp("company"), urlsplit(root).port or 0, **settings) as server:
        yield Company(server, provider)


@pytest.fixture
async def browser(company: Company) -> AsyncIterator[httpx2.AsyncClient]:
    async with new_browser(company) as one:
        yield one


@asynccontextmanager
async def new_browser(company: Company) -> AsyncIterator[httpx2.AsyncClient]:
    headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
    async with httpx2.AsyncClient(base_url=company.server.address, headers=headers, timeout=60) as one:
        yield one


async def to_callback(browser: httpx2.AsyncClient, account: str, page: str = "/admin") -> str:
    """Ask for a page as somebody who is not signed in, sign in at the provider, and return where that sends the browser."""
    refused = await browser.get(page)
    assert refused.status_code == 303
    begun = await browser.get(refused.headers["location"])
    return await answer_provider(browser, begun.headers["location"], account)


async def signed_in(browser: httpx2.AsyncClient, account: str, page: str = "/admin") -> httpx2.Response:
    answer = await browser.get(await to_callback(browser, account, page))
    assert answer.status_code == 303, answer.text
    return answer


async def is_in(browser: httpx2.AsyncClient) -> bool:
    return (await browser.get("/admin/stores")).status_code == 200


async def test_who_signs_in_comes_back_to_the_page_with_the_roles_and_the_name_that_the_provider_says(
    company: Company, browser: httpx2.AsyncClient
) -> None:
    answer = await signed_in(browser, "sample-operator", "/admin/stores")
    assert answer.headers["location"] == "/admin/stores"
    page = await browser.get("/admin/stores")
    assert (page.status_code, "見本 応対" in page.text, "Call-centre operator" in page.text) == (200, True, True)
    asked = await browser.post("/graphql", json={"query": "{ viewer { name roles } }"})
    assert asked.json()["data"] == {"viewer": {"name": "sample-operator", "roles": ["call_center"]}}


async def test_the_session_is_a_secret_of_this_browser_and_the_graph_has_only_its_hash(
    company: Company, browser: httpx2.AsyncClient
) -> None:
    answer = await signed_in(browser, "sample-clerk")
    (cookie,) = [line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{COOKIE}=")]
    secret = browser.cookies[COOKIE]
    assert len(secret) >= 43
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    kept = await company.server.store.read("MATCH (s:Session {subject: 'sample-clerk'}) RETURN properties(s)")
    assert secret not in str(kept)
    assert orjson.loads(kept[0][0]["claims"])["stores"] == ["S001"]


async def test_a_second_sign_in_has_another_secret_and_the_first_one_ends(company: Company, browser: httpx2.AsyncClient) -> None:
    await signed_in(browser, "sample-operator")
    first = browser.cookies[COOKIE]
    await browser.get(await answer_provider(browser, (await browser.get("/sign-in")).headers["location"], "sample-operator"))
    assert browser.cookies[COOKIE] != first
    async with new_browser(company) as other:
        other.cookies.set(COOKIE, first)
        assert not await is_in(other)


async def test_who_has_no_role_of_ours_is_told_so(company: Company, browser: httpx2.AsyncClient) -> None:
    await signed_in(browser, "sample-stranger")
    assert (await browser.get("/admin/stores")).status_code == 403


async def test_the_request_to_the_provider_has_a_challenge_a_nonce_and_our_own_address(
    company: Company, browser: httpx2.AsyncClient
) -> None:
    begun = await browser.get("/sign-in", headers={"Host": "localhost"})
    asked = {name: values[0] for name, values in parse_qs(urlsplit(begun.headers["location"]).query).items()}
    assert asked["code_challenge_method"] == "S256"
    assert min(len(asked[name]) for name in ("code_challenge", "nonce", "state")) >= 20
    assert asked["redirect_uri"] == f"{company.server.address}/sign-in/callback"


async def test_an_answer_of_the_provider_counts_once(company: Company, browser: httpx2.AsyncClient) -> None:
    callback = await to_callback(browser, "sample-operator")
    under_way = browser.cookies[UNDER_WAY]
    assert (await browser.get(callback)).status_code == 303
    async with new_browser(company) as again:
        again.cookies.set(UNDER_WAY, under_way)
        assert (await again.get(callback)).status_code == 403
        assert COOKIE not in again.cookies


async def test_an_answer_that_another_browser_asked_for_lets_nobody_in(company: Company, browser: httpx2.AsyncClient) -> None:
    callback = await to_callback(browser, "sample-operator")
    async with new_browser(company) as victim:
        assert (await victim.get(callback)).status_code == 403
        await victim.get("/sign-in")
        assert (await victim.get(callback)).status_code == 403
        assert not await is_in(victim)


@pytest.mark.parametrize("changed", ["nonce", "code_verifier"])
async def test_an_answer_to_another_request_lets_nobody_in(company: Company, browser: httpx2.AsyncClient, changed: str) -> None:
    callback = await to_callback(browser, "sample-operator")

    async def other(transaction: Transaction) -> None:
        [[key, body]] = await transaction.run("MATCH (s:SignIn) RETURN s.key, s.body ORDER BY s.ends_at DESC LIMIT 1")
        kept = orjson.loads(body)
        (state,) = kept["session"].values()
        assert changed in state["data"]
        state["data"][changed] = "x" * 48
        await transaction.run(
            "MATCH (s:SignIn {key: $p.key}) SET s.body = $p.body", {"key": key, "body": orjson.dumps(kept).decode()}
        )

    await company.server.store.write(other)
    answer = await browser.get(callback)
    assert (answer.status_code, "Signing in did not work" in answer.text) == (403, True)
    assert COOKIE not in browser.cookies


async def test_who_says_no_at_the_provider_can_try_again(company: Company, browser: httpx2.AsyncClient) -> None:
    begun = await browser.get("/sign-in")
    state = parse_qs(urlsplit(begun.headers["location"]).query)["state"][0]
    answer = await browser.get(f"/sign-in/callback?error=access_denied&state={state}")
    assert (answer.status_code, 'href="/sign-in"' in answer.text) == (403, True)


async def test_signing_out_ends_the_session_here_and_at_the_provider(company: Company, browser: httpx2.AsyncClient) -> None:
    await signed_in(browser, "sample-operator")
    secret = browser.cookies[COOKIE]
    page = await browser.post("/sign-out")
    address = page.text.partition('<p><a href="')[2].partition('"')[0].replace("&amp;", "&")
    assert address.startswith(company.provider.issuer)
    assert f"0; url={address}".replace("&", "&amp;") in page.text
    back = await confirmed(browser, address)
    assert back.startswith(f"{company.server.address}/sign-out/done")
    assert "You have signed out" in (await browser.get(back)).text
    browser.cookies.set(COOKIE, secret)
    assert not await is_in(browser)
    begun = await browser.get("/sign-in")
    assert "login" in (await browser.get(begun.headers["location"], follow_redirects=True)).text, "it asks who this is again"


async def test_signing_out_at_the_provider_ends_the_session_here(company: Company, browser: httpx2.AsyncClient) -> None:
    await signed_in(browser, "sample-operator")
    async with new_browser(company) as elsewhere:
        await signed_in(elsewhere, "sample-clerk")
        await confirmed(browser, f"{company.provider.issuer}/session/end?client_id=pages")
        assert (await is_in(browser), await is_in(elsewhere)) == (False, True)


async def confirmed(browser: httpx2.AsyncClient, address: str) -> str:
    """Say yes on the provider's page that asks whether to sign out, and return where it sends the browser."""
    asked = await browser.get(address)
    secret = asked.text.partition('name="xsrf" value="')[2].partition('"')[0]
    action = asked.text.partition('action="')[2].partition('"')[0]
    answer = await browser.post(action, data={"xsrf": secret, "logout": "yes"})
    return answer.headers.get("location", "")


async def test_a_provider_that_is_away_is_said_on_a_page_and_keeps_nobody_from_signing_out(
    store: Store, company: Company, tmp_path: Path
) -> None:
    settings = company.provider.settings(company.server.address) | {"oidc_issuer": "http://127.0.0.1:1"}
    async with running(store, tmp_path, **settings) as elsewhere:
        headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
        async with httpx2.AsyncClient(base_url=elsewhere.address, headers=headers, cookies=SIGNED_IN) as browser:
            begun = await browser.get("/sign-in")
            assert (begun.status_code, "Nobody can sign in just now" in begun.text) == (503, True)
            # The session is of the development page, whose claims this provider does not have: somebody without a role.
            assert (await browser.get("/admin/stores")).status_code == 403
            assert "/sign-out/done" in (await browser.post("/sign-out")).text
            browser.cookies.update(SIGNED_IN)
            assert (await browser.get("/admin/stores")).status_code == 303


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
async def test_another_site_can_neither_sign_out_nor_ask(company: Company, browser: httpx2.AsyncClient, site: str) -> None:
    await signed_in(browser, "sample-operator")
    headers = {"Sec-Fetch-Site": site}
    assert (await browser.post("/sign-out", headers=headers)).status_code == 403
    assert (await browser.post("/graphql", json={"query": "{ viewer { name } }"}, headers=headers)).status_code == 401
    assert await is_in(browser)


async def test_nobody_begins_sign_ins_without_end(
    company: Company, browser: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    take, two = Rate.take, Rate(2, 60)
    monkeypatch.setattr(Rate, "take", lambda _, address: take(two, address))
    statuses = [(await browser.get("/sign-in?to=/admin")).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]


@pytest.mark.parametrize(
    ("property_", "past"), [("seen_at", "2026-01-01T00:00:00.000000Z"), ("ends_at", "2026-01-01T00:00:00.000000Z")]
)
async def test_a_session_ends_when_it_is_idle_and_after_its_time(
    company: Company, browser: httpx2.AsyncClient, property_: str, past: str
) -> None:
    await signed_in(browser, "sample-operator")
    assert await is_in(browser)

    async def age(transaction: Transaction) -> None:
        await transaction.run("MATCH (s:Session) SET s[$p.property] = $p.past", {"property": property_, "past": past})

    await company.server.store.write(age)
    assert not await is_in(browser)


async def test_a_part_of_a_page_that_nobody_may_see_any_more_sends_the_whole_page_to_sign_in(
    company: Company, browser: httpx2.AsyncClient
) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": f"{company.server.address}/admin/stores"}
    answer = await browser.get("/admin/stores", headers=headers)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/sign-in?to=%2Fadmin%2Fstores")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/admin/orders?after=x", "/admin/orders?after=x"),
        ("/playground", "/playground"),
        ("https://elsewhere.example/admin", "/admin"),
        ("//elsewhere.example/admin", "/admin"),
        ("/admin//elsewhere.example", "/admin"),
        ("/admin\\elsewhere.example", "/admin"),
        ("/administrator", "/admin"),
        ("javascript:alert(1)", "/admin"),
        (None, "/admin"),
    ],
)
def test_signing_in_leads_to_pages_of_ours_only(asked: str | None, answer: str) -> None:
    assert inside(asked) == answer
