"""Development tokens: who they stand for, and every way in which a token proves nothing."""

from __future__ import annotations

import base64
import hmac
import time
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from api.access.development_tokens import AUDIENCE, ISSUER, LIFETIME_SECONDS, Tokens
from api.access.unauthenticated import Unauthenticated
from resolvers.access.roles import Role

KEY = bytes(range(32))
TOKENS = Tokens(KEY)
ODD_NAMES, ODD = ("crit", "kid", "b64", "zip", "typ", "alg"), ("5", "null", "[[5]]", "{}", "1e400")


def forged(header: dict[str, Any] | None = None, claims: dict[str, Any] | None = None, key: bytes = KEY) -> str:
    """Return a token that is right but for what is given; a claim given as None is left out."""
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": "development-admin", "exp": time.time() + 60, "roles": ["admin"], "scope": ""}
    body = {name: value for name, value in {**good, **(claims or {})}.items() if value is not None}
    head = {"alg": "HS256", "typ": "at+jwt", **(header or {})}
    return jwt.encode(head, body, OctKey.import_key(key), algorithms=["HS256", "HS512"])


def test_the_forger_of_these_tests_makes_good_tokens() -> None:
    assert TOKENS.verify(forged()).name == "development-admin"


@pytest.mark.parametrize("role", Role)
def test_a_token_stands_for_its_role_and_only_the_admin_may_write_events(role: str) -> None:
    viewer = TOKENS.verify(TOKENS.issue(role))
    assert viewer.roles == {role}
    assert ("events:write" in viewer.scopes) == (role == "admin")


def test_no_token_is_issued_for_a_role_that_nobody_has() -> None:
    with pytest.raises(ValueError, match="emperor"):
        TOKENS.issue("emperor")


def test_a_token_ends_after_a_day() -> None:
    assert TOKENS.verify(TOKENS.issue("admin", now=time.time() - LIFETIME_SECONDS + 60))
    with pytest.raises(Unauthenticated):
        TOKENS.verify(TOKENS.issue("admin", now=time.time() - LIFETIME_SECONDS - 60))


def test_a_token_that_was_good_when_it_was_first_sent_ends_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    token = TOKENS.issue("admin")
    assert TOKENS.verify(token)
    tomorrow = time.time() + LIFETIME_SECONDS
    monkeypatch.setattr("api.access.development_tokens.time.time", lambda: tomorrow)
    with pytest.raises(Unauthenticated):
        TOKENS.verify(token)


def signed(header: str, claims: str = "{}") -> str:
    """Return a token with the right signature of whatever its two parts say."""
    parts = ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in (header, claims))
    signature = hmac.digest(KEY, parts.encode(), "sha256")
    return f"{parts}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


HEADER = '{"alg": "HS256", "typ": "at+jwt"%s}'


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(forged(key=bytes(32)), id="signed with another key"),
        pytest.param(forged(header={"alg": "HS512"}), id="another algorithm"),
        pytest.param(forged(header={"typ": "JWT"}), id="not an access token"),
        pytest.param(forged(claims={"iss": "someone-else"}), id="another issuer"),
        pytest.param(forged(claims={"aud": "another-service"}), id="another audience"),
        pytest.param(forged(claims={"exp": None}), id="no end"),
        pytest.param(forged(claims={"sub": None}), id="of nobody"),
        pytest.param(forged(claims={"exp": "tomorrow"}), id="an end that is no time"),
        pytest.param("eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.eyJzdWIiOiJhIn0.", id="not signed"),
        pytest.param("no.token", id="not a token"),
        *(pytest.param(signed(HEADER % f', "{name}": {odd}'), id=f"{name} is {odd}") for name in ODD_NAMES for odd in ODD),
        pytest.param(signed("[" * 5_000), id="a header without an end"),
        pytest.param(signed(HEADER % "", "[" * 5_000), id="claims without an end"),
        pytest.param(signed(HEADER % "", "[5]"), id="claims that are a list"),
        pytest.param("", id="empty"),
        pytest.param("日本.語.です", id="not ASCII"),
    ],
)
def test_a_token_that_proves_nothing_is_refused(token: str) -> None:
    with pytest.raises(Unauthenticated):
        TOKENS.verify(token)


def test_roles_that_we_do_not_know_are_left_out() -> None:
    assert TOKENS.verify(forged(claims={"roles": ["emperor", "call_center"]})).roles == {"call_center"}


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic YTpi", "token"])
async def test_a_request_without_a_bearer_token_is_of_nobody(header: str | None) -> None:
    with pytest.raises(Unauthenticated):
        await TOKENS.viewer_of(header)


async def test_a_bearer_token_is_found_in_its_header() -> None:
    assert (await TOKENS.viewer_of(f"bearer {TOKENS.issue('store_staff')}")).roles == {"store_staff"}
