"""Where webhooks go and where never: URLs, addresses, and names that lead to them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from graph.webhooks.addresses import Target, UrlRefused, is_refused, target_of
from graph.webhooks.guard import Guard, resolved

PUBLIC = "93.184.216.34"
PRIVATE = [
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "169.254.169.254", "127.0.0.1", "127.8.8.8",
    "0.0.0.0", "0.1.2.3", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250",
    "240.0.0.1", "255.255.255.255",
    "::1", "::", "::10.0.0.1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "fe80::1", "fe80::1%2",
    "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1", "2001::1", "2002:a00:1::1", "2002:7f00:1::",
    "64:ff9b::10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1", "100::1", "3fff::1", "4000::1", "192.0.0.9",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_nothing_is_sent_into_a_network_that_is_not_everybodys(address: str) -> None:
    assert is_refused(address, loopback=False)


@pytest.mark.parametrize("address", [PUBLIC, "2606:2800:220:1::1", f"64:ff9b::{PUBLIC}", f"::ffff:{PUBLIC}", "8.8.8.8"])
def test_what_is_everybodys_is_sent_to(address: str) -> None:
    assert not is_refused(address, loopback=False)


def test_for_development_this_machine_is_sent_to_and_nothing_else_that_is_private() -> None:
    let_through = {each for each in PRIVATE if not is_refused(each, loopback=True)}
    assert let_through == {"127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"}


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://example.jp", Target("https", "example.jp", 443, "/")),
        ("https://EXAMPLE.jp:8443/a/b?c=d%20e", Target("https", "example.jp", 8443, "/a/b?c=d%20e")),
        ("https://[2606:2800::1]/x", Target("https", "2606:2800::1", 443, "/x")),
        ("https://例え.jp/hook", Target("https", "xn--r8jz45g.jp", 443, "/hook")),
    ],
)
def test_a_url_is_taken_apart_once(url: str, target: Target) -> None:
    assert target_of(url, loopback=False) == target
    assert (target.authority == target.host) == (target.port == 443 and ":" not in target.host)


@pytest.mark.parametrize(
    "url",
    [
        "", "example.jp", "//example.jp", "ftp://example.jp", "http://example.jp", "https://", "https:///path", "https://:443/",
        "https://user:secret@example.jp/", "https://user@example.jp/", "https://@example.jp/", "https://example.jp/#part",
        "https://example.jp/#", "https://example.jp:99999/", "https://example.jp:port/", "https://exa mple.jp/",
        "https://example.jp/\nHost: x", "https://example.jp\\@10.0.0.1/", "https://[fe80::1%25eth0]/", "https://[::1/",
        "https://example.jp/フック", "https://" + "a" * 64 + ".jp/", "https://example.jp/" + "a" * 2_000,
    ],
)  # fmt: skip
def test_a_url_that_is_no_plain_https_is_refused(url: str) -> None:
    with pytest.raises(UrlRefused):
        target_of(url, loopback=False)


def test_credentials_in_a_url_are_refused_also_in_development() -> None:
    with pytest.raises(UrlRefused):
        target_of("http://user:secret@127.0.0.1/", loopback=True)


def answering(*addresses: str) -> Guard:
    async def resolve(_: str, __: int) -> Sequence[str]:
        if not addresses:
            raise OSError
        return addresses

    return Guard(resolve=resolve)


@pytest.mark.parametrize("address", ["10.0.0.1", "::1", "169.254.169.254", "::ffff:10.0.0.1", "0.0.0.0", "127.0.0.1"])
async def test_a_name_that_leads_to_such_an_address_is_refused_also_beside_a_public_one(address: str) -> None:
    for addresses in ((address,), (PUBLIC, address)):
        with pytest.raises(UrlRefused, match="private network"):
            await answering(*addresses).passed("https://hook.example/")


async def test_a_name_that_leads_nowhere_is_refused_and_another_one_is_told_with_its_addresses() -> None:
    with pytest.raises(UrlRefused, match="cannot be found"):
        await answering().passed("https://hook.example/")
    target, addresses = await answering(PUBLIC).passed("https://hook.example/x")
    assert (target.host, addresses) == ("hook.example", (PUBLIC,))


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "0.0.0.0", "10.0.0.1"])
async def test_what_the_system_makes_an_address_of_is_refused_however_it_is_spelt(host: str) -> None:
    with pytest.raises(UrlRefused):
        await Guard(resolve=resolved).passed(f"https://{host}/")


async def test_without_tls_nothing_but_this_machine_is_sent_to_in_development() -> None:
    async def resolve(_: str, __: int) -> Sequence[str]:
        return (PUBLIC,)

    with pytest.raises(UrlRefused):
        await Guard(loopback=True, resolve=resolve).passed("http://hook.example/")
    target, addresses = await Guard(loopback=True).passed("http://127.0.0.1:9/hook")
    assert (target.authority, addresses) == ("127.0.0.1:9", ["127.0.0.1"])
