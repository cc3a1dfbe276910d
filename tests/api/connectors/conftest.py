"""The whole application with every connector set up, and what each provider would send: its bodies, signed as it signs."""

from __future__ import annotations

import asyncio
import hmac
import json
import re
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from api.access.development_tokens import Tokens
from api.http.app import create_app
from api.process.local_keys import local_key
from api.process.settings import Settings
from graph.identity.blocking import NOTHING_LISTED
from graph.store import Store

ROOT = "http://127.0.0.1"
BODIES = Path(__file__).parent / "bodies"
SECRET = "made-up-secret-of-every-provider"
KEY = b"made-up key of standard webhooks"
STANDARD = "whsec_" + b64encode(KEY).decode()
SETTINGS: Mapping[str, Any] = {
    "telephone_secret": STANDARD,
    "asterisk_secret": STANDARD,
    "amazon_connect_secret": SECRET,
    "line_channel_secret": SECRET,
    "line_provider": "1654000000",
    "shopify_secret": SECRET,
    "ec_cube_secret": SECRET,
    "ec_cube_token": "made-up-token",
    "smaregi_secret": SECRET,
    "smaregi_contract": "sb_madeup",
    "smaregi_client_id": "made-up-client",
    "smaregi_client_secret": "made-up-client-secret",
}


def standard(body: bytes) -> dict[str, str]:
    sent = str(int(time.time()))
    signature = b64encode(hmac.digest(KEY, f"msg-1.{sent}.".encode() + body, "sha256")).decode()
    return {"webhook-id": "msg-1", "webhook-timestamp": sent, "webhook-signature": f"v1,{signature}"}


def in_base64(header: str) -> Callable[[bytes], dict[str, str]]:
    return lambda body: {header: b64encode(hmac.digest(SECRET.encode(), body, "sha256")).decode()}


def in_hex(header: str) -> Callable[[bytes], dict[str, str]]:
    return lambda body: {header: hmac.digest(SECRET.encode(), body, "sha256").hex()}


def topic_of(body: bytes) -> dict[str, str]:
    """Return the topic that Shopify names in a header, as the bodies here tell it by what they have."""
    noun = "orders" if b'"line_items"' in body else "products" if b'"variants"' in body else "customers"
    return {"X-Shopify-Topic": "inventory_levels/update" if b'"inventory_item_id"' in body else f"{noun}/update"}


def shared(_: bytes) -> dict[str, str]:
    return {"X-Customer360-Secret": SECRET}


SIGNED: Mapping[str, Callable[[bytes], dict[str, str]]] = {
    "telephone": standard,
    "asterisk": standard,
    "amazon-connect": shared,
    "line": in_base64("X-Line-Signature"),
    "shopify": lambda body: in_base64("X-Shopify-Hmac-Sha256")(body) | topic_of(body),
    "ec-cube": in_hex("X-ECCUBE-Signature"),
    "smaregi": shared,
}


@dataclass(slots=True)
class Doors:
    """The doors of all connectors, as a provider finds them."""

    client: httpx2.AsyncClient
    admin: str

    async def post(self, name: str, body: bytes, headers: Mapping[str, Any]) -> httpx2.Response:
        return await self.client.post(
            f"/connectors/{name}", content=body, headers={"Content-Type": "application/json", **headers}
        )

    async def deliver(self, name: str, body: bytes, **headers: str) -> list[dict[str, Any]]:
        """Send a body as its provider does and return the receipts."""
        answer = await self.post(name, body, {**SIGNED[name](body), **headers})
        assert answer.status_code == 200, answer.text
        return answer.json()["receipts"]

    async def end(self, event: dict[str, Any]) -> None:
        """Record an event of ours, by the door that every source has."""
        headers = {"Authorization": f"Bearer {self.admin}", "Content-Type": "application/cloudevents+json"}
        assert (await self.client.post("/events", json=event, headers=headers)).status_code == 200

    async def recorded(self, name: str, body: str, **headers: str) -> list[dict[str, Any]]:
        return await self.deliver(name, recorded(name, body), **headers)


def recorded(name: str, body: str) -> bytes:
    """Return a recorded body of a provider: `good_1`, `good_2`, `late` (of the same thing and older) or `unknown_kind`."""
    return (BODIES / name / f"{body}.json").read_bytes()


@dataclass(slots=True)
class Shops:
    """EC-CUBE and Smaregi where thin bodies are fetched back: `things` by `ec-cube/customer/3` or `smaregi/customers/7`."""

    things: dict[str, Any]
    address: str = ""
    asked: list[str] = field(default_factory=list[str])
    away: bool = False
    refusing: bool = False

    async def ec_cube(self, request: Request) -> Response:
        if self.away or request.headers["authorization"] != "Bearer made-up-token":
            return JSONResponse({"error": "access_denied"}, 401)
        if self.refusing:
            return JSONResponse({"errors": [{"message": "Insufficient permission"}], "data": None})
        query = (await request.json())["query"]
        [(noun, own_id)] = re.findall(r"^\{ (\w+)\(id: (\d+)\) \{", query)
        assert query.count("{") == query.count("}")
        self.asked.append(f"ec-cube/{noun}/{own_id}")
        return JSONResponse({"data": {noun: self.things.get(f"ec-cube/{noun}/{own_id}")}})

    async def smaregi_token(self, request: Request) -> Response:
        self.asked.append("token")
        expected = b64encode(b"made-up-client:made-up-client-secret").decode()
        if self.away or request.headers["authorization"] != f"Basic {expected}":
            return JSONResponse({"error": "invalid_client"}, 401)
        return JSONResponse({"access_token": "made-up-access", "expires_in": 3600, "token_type": "Bearer"})

    async def smaregi(self, request: Request) -> Response:
        if self.away or request.headers["authorization"] != "Bearer made-up-access":
            return JSONResponse({"title": "unauthorized"}, 401)
        name = f"smaregi/{request.path_params['noun']}/{request.path_params['id']}"
        self.asked.append(name)
        return JSONResponse(self.things[name]) if name in self.things else JSONResponse({"title": "not found"}, 404)


@asynccontextmanager
async def listening(routes: list[Route]) -> AsyncIterator[str]:
    """Serve routes on a free port of this machine and yield their address."""
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), host="127.0.0.1", port=0, log_config=None))
    task = asyncio.create_task(server.serve())
    while not server.started:
        assert not task.done(), "the server did not start"
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await task


@pytest.fixture
async def shops() -> AsyncIterator[Shops]:
    things = {
        f"{name}/{key}": thing
        for name in ("ec-cube", "smaregi")
        for key, thing in json.loads((BODIES / name / "things.json").read_bytes()).items()
    }
    served = Shops(things)
    routes = [
        Route("/api", served.ec_cube, methods=["POST"]),
        Route("/app/sb_madeup/token", served.smaregi_token, methods=["POST"]),
        Route("/sb_madeup/pos/{noun}/{id}", served.smaregi),
    ]
    async with listening(routes) as served.address:
        yield served


@pytest.fixture
async def doors(store: Store, shops: Shops, tmp_path: Path) -> AsyncIterator[Doors]:
    addresses = dict.fromkeys(("ec_cube_url", "smaregi_identity_url", "smaregi_api_url"), shops.address)
    settings = Settings(_env_file=None, data_folder=tmp_path, **SETTINGS, **addresses)
    app = create_app(settings, store, NOTHING_LISTED, patience=0)
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with app.router.lifespan_context(app), httpx2.AsyncClient(transport=transport, base_url=ROOT, timeout=60) as client:
        yield Doors(client, Tokens(local_key(tmp_path, "tokens")).issue("admin"))
