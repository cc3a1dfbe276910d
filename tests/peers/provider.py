"""The OpenID provider of the tests as a process: started, asked for new keys, signed in to as a person would, stopped."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.peers.installed import installed_peers, node
from tests.served import free_port

ACCOUNTS: Mapping[str, Mapping[str, Any]] = {
    "sample-operator": {"name": "見本 応対", "groups": ["Call Center"]},
    "sample-clerk": {"name": "見本 店員", "groups": ["store_staff", "Gardeners"], "stores": ["S001"]},
    "sample-stranger": {"name": "見本 他人", "groups": ["Gardeners"]},
}
ROLE_NAMES = {"Call Center": "call_center"}


@dataclass
class OpenIdProvider:
    """`key` is the private JWK that it signs with."""

    issuer: str
    key: dict[str, Any]
    process: subprocess.Popen[str]

    def rotate(self) -> None:
        """Have it sign with a new key, and know the former one no longer."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.key = _told(self.process)

    def settings(self, root: str) -> dict[str, Any]:
        return {
            "oidc_issuer": self.issuer,
            "oidc_client_id": "pages",
            "oidc_client_secret": "secret-of-the-pages",
            "public_url": root,
            "roles_claim": "groups",
            "role_names": ROLE_NAMES,
        }


@contextmanager
def openid_provider(root: str) -> Iterator[OpenIdProvider]:
    """Run a provider that knows the server at `root`."""
    port = free_port()
    env = {**os.environ, "PROVIDER": json.dumps({"port": port, "root": root, "accounts": ACCOUNTS})}
    process = subprocess.Popen(
        [node(), "provider.mjs"], cwd=installed_peers(), env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        yield OpenIdProvider(f"http://127.0.0.1:{port}", _told(process), process)
    finally:
        process.kill()
        process.communicate()


def _told(process: subprocess.Popen[str]) -> dict[str, Any]:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{"):
            return json.loads(line)
    raise AssertionError("the provider ended")


async def answer_provider(browser: httpx2.AsyncClient, address: str, account: str) -> str:
    """Follow the provider's pages from its address as a person who signs in would; return where it sends the browser back."""
    answer = await browser.get(address)
    while True:
        if answer.is_redirect:
            target = str(answer.next_request.url) if answer.next_request else ""
            if not target.startswith(str(httpx2.URL(address).copy_with(path="/", query=None))):
                return target
            answer = await browser.get(target)
            continue
        assert answer.status_code == 200, answer.text
        form = dict(re.findall(r'name="(\w+)" value="(\w+)"', answer.text))
        action = re.search(r'action="([^"]+)"', answer.text)
        assert action, answer.text
        fields = {**form, "login": account, "password": "any"} if form.get("prompt") == "login" else form
        answer = await browser.post(str(answer.url.join(action[1])), data=fields)
