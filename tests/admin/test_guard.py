"""What an unsafe request must show before it may act."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from admin.parts.addresses import HOME, inside
from admin.parts.guard import same_origin


@pytest.mark.parametrize(
    ("method", "headers", "allowed"),
    [
        ("GET", {}, True),
        ("GET", {"sec-fetch-site": "cross-site"}, True),
        ("HEAD", {"origin": "https://elsewhere.example"}, True),
        ("POST", {"sec-fetch-site": "same-origin"}, True),
        ("POST", {"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ("POST", {"sec-fetch-site": "same-site"}, False),
        ("POST", {"sec-fetch-site": "cross-site"}, False),
        ("POST", {"sec-fetch-site": "none"}, False),
        ("POST", {"host": "shop.example:8000", "origin": "http://shop.example:8000"}, True),
        ("POST", {"host": "shop.example:8000", "origin": "http://shop.example"}, False),
        ("POST", {"host": "shop.example", "origin": "https://elsewhere.example"}, False),
        ("POST", {"host": "shop.example", "origin": "null"}, False),
        ("POST", {"host": "shop.example", "origin": "http://["}, False),
        ("POST", {"host": "shop.example"}, False),
        ("DELETE", {"host": "shop.example"}, False),
    ],
)
def test_only_this_site_may_act(method: str, headers: dict[str, str], allowed: bool) -> None:
    assert same_origin(method, Headers(headers)) is allowed


@pytest.mark.parametrize("address", ["http://[", "//[/admin", "/admin\\..", "https://elsewhere.example/admin", "", None])
def test_an_address_that_is_none_of_ours_leads_to_the_start_page(address: str | None) -> None:
    assert inside(address) == HOME
