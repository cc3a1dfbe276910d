"""Access tokens of a real OpenID provider: who they stand for, and every way in which one proves nothing."""

from __future__ import annotations

import base64
import hmac
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from api.access import provider as provider_module
from api.access.claims import Reading
from api.access.provider import Provider
from api.access.provider_tokens import ProviderTokens
from api.access.unauthenticated import Unauthenticated
from graph.errors import ServiceUnavailable
from resolvers.access.viewer import Viewer
from tests.peers.provider import OpenIdProvider, openid_provider

AUDIENCE = "customer360"


@pytest.fixture(scope="module")
def provider() -> Iterator[OpenIdProvider]:
    with openid_provider("http://127.0.0.1:1") as started:
        yield started


@pytest.fixture
def tokens(provider: OpenIdProvider) -> ProviderTokens:
    return ProviderTokens(Provider(provider.issuer), AUDIENCE, Reading(names={"Call Center": "call_center"}))


async def asked_of(provider: OpenIdProvider, **form: str) -> str:
    """Return the token that a service gets for its own name and secret."""
    async with httpx2.AsyncClient(auth=("loader", "secret-of-the-loader")) as client:
        answer = await client.post(f"{provider.issuer}/token", data={"grant_type": "client_credentials", **form})
    assert answer.status_code == 200, answer.text
    return answer.json()["access_token"]


def signed(provider: OpenIdProvider, header: dict[str, Any] | None = None, key: Any = None, **claims: Any) -> str:
    """Return a token that is right but for what is given; a claim given as None is left out."""
    now = int(time.time())
    good = {
        "iss": provider.issuer,
        "aud": AUDIENCE,
        "sub": "sample-operator",
        "iat": now,
        "exp": now + 60,
        "roles": ["Call Center"],
    }
    body = {name: value for name, value in {**good, **claims}.items() if value is not None}
    head = {"alg": "RS256", "typ": "at+jwt", "kid": provider.key["kid"], **(header or {})}
    return jwt.encode(head, body, key or RSAKey.import_key(provider.key), algorithms=["RS256", "HS256", "PS256"])


def encoded(header: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()


async def viewer(tokens: ProviderTokens, token: str) -> Viewer:
    return await tokens.viewer_of(f"Bearer {token}")


async def test_a_service_has_the_scopes_that_it_asked_for_and_no_role(provider: OpenIdProvider, tokens: ProviderTokens) -> None:
    found = await viewer(tokens, await asked_of(provider, scope="events:write"))
    assert (found.name, found.scopes, found.roles) == ("loader", {"events:write"}, frozenset())
    assert (await viewer(tokens, await asked_of(provider))).scopes == frozenset()


async def test_the_token_of_a_person_has_the_roles_that_are_ours(provider: OpenIdProvider, tokens: ProviderTokens) -> None:
    found = await viewer(tokens, signed(provider, roles=["Call Center", "Gardeners", "steward"], stores="S001"))
    assert (found.name, found.roles, found.stores) == ("sample-operator", {"call_center", "steward"}, {"S001"})


BAD: dict[str, dict[str, Any]] = {
    "it has expired": {"exp": 1},
    "it never ends": {"exp": None},
    "it is for another audience": {"aud": "elsewhere"},
    "it is for nobody": {"aud": None},
    "another one issued it": {"iss": "https://elsewhere.example"},
    "nobody issued it": {"iss": None},
    "it stands for nobody": {"sub": None},
    "it is not valid yet": {"nbf": time.time() + 3600},
    "it was issued in the future": {"iat": time.time() + 3600},
    "it is an ID token": {"header": {"typ": "JWT"}},
    "its key is unknown": {"header": {"kid": "another"}},
    "another key signed it": {"key": RSAKey.generate_key(2048)},
}


@pytest.mark.parametrize("change", BAD.values(), ids=BAD)
async def test_it_proves_nothing(provider: OpenIdProvider, tokens: ProviderTokens, change: dict[str, Any]) -> None:
    assert await viewer(tokens, signed(provider))
    with pytest.raises(Unauthenticated) as refused:
        await viewer(tokens, signed(provider, **change))
    assert refused.value.message == "The bearer token is not valid or has expired; ask for a new one."


async def test_an_unsigned_token_proves_nothing(provider: OpenIdProvider, tokens: ProviderTokens) -> None:
    _, body, signature = signed(provider).split(".")
    for algorithm in ("none", "None", "HS256", ""):
        head = encoded({"alg": algorithm, "typ": "at+jwt"})
        for rest in ("", signature):
            with pytest.raises(Unauthenticated):
                await viewer(tokens, f"{head}.{body}.{rest}")


async def test_the_public_key_is_no_shared_secret(provider: OpenIdProvider, tokens: ProviderTokens) -> None:
    public = RSAKey.import_key(provider.key)
    _, body, _ = signed(provider).split(".")
    head = encoded({"alg": "HS256", "typ": "at+jwt", "kid": provider.key["kid"]})
    for secret in (public.as_pem(private=False), json.dumps(public.as_dict(private=False)).encode()):
        signature = base64.urlsafe_b64encode(hmac.digest(secret, f"{head}.{body}".encode(), "sha256")).rstrip(b"=").decode()
        with pytest.raises(Unauthenticated):
            await viewer(tokens, f"{head}.{body}.{signature}")


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer a.b", "Bearer a.b.c", "Bearer ふ.b.c"])
async def test_a_header_without_a_token_proves_nothing(tokens: ProviderTokens, header: str | None) -> None:
    with pytest.raises(Unauthenticated):
        await tokens.viewer_of(header)


async def test_a_token_that_was_good_ends_all_the_same(
    provider: OpenIdProvider, tokens: ProviderTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = signed(provider)
    assert await viewer(tokens, token)
    tomorrow = time.time() + 86_400
    monkeypatch.setattr("api.access.provider_tokens.time.time", lambda: tomorrow)
    with pytest.raises(Unauthenticated):
        await viewer(tokens, token)


async def test_a_new_key_of_the_provider_is_fetched_when_it_is_first_used_and_a_former_one_is_forgotten(
    provider: OpenIdProvider, tokens: ProviderTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_module, "REFETCH_SECONDS", 0.0)
    former = signed(provider)
    other = signed(provider, sub="sample-clerk")
    assert await viewer(tokens, former)
    provider.rotate()
    assert await viewer(tokens, signed(provider))
    with pytest.raises(Unauthenticated):
        await viewer(tokens, other)


async def test_keys_that_nobody_has_do_not_make_us_ask_the_provider_more_than_once_a_second(
    provider: OpenIdProvider, tokens: ProviderTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[str] = []
    real = provider_module.fetched_json

    async def counted(address: str) -> Any:
        fetched.append(address)
        return await real(address)

    monkeypatch.setattr(provider_module, "fetched_json", counted)
    monkeypatch.setattr(provider_module, "monotonic", lambda: 1.0)
    for number in range(20):
        with pytest.raises(Unauthenticated):
            await viewer(tokens, signed(provider, {"kid": f"unknown-{number}"}))
    assert len(fetched) == 2, "what it says of itself, and its keys once"


async def test_a_provider_that_is_away_is_told_as_that() -> None:
    absent = ProviderTokens(Provider("http://127.0.0.1:1"), AUDIENCE, Reading())
    head = encoded({"alg": "RS256", "typ": "at+jwt"})
    with pytest.raises(ServiceUnavailable):
        await viewer(absent, f"{head}.e30.AAAA")


async def test_a_provider_that_names_another_issuer_is_not_believed(provider: OpenIdProvider) -> None:
    other = Provider(provider.issuer.replace("127.0.0.1", "localhost"))
    with pytest.raises(ServiceUnavailable, match="another issuer"):
        await other.metadata()
