"""Where a webhook may go: what its URL must be, and which addresses lead into a network that is nobody else's business."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

from graph.errors import InvalidInput
from graph.words import Sentence

LONGEST_URL = 2_000
PORTS = {"https": 443, "http": 80}
IPV4_IN_IPV6 = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
"""NAT64, and what once was compatible: their last four bytes are an IPv4 address."""
PUBLIC_IPV6 = IPv6Network("2000::/3")
"""Where all addresses are that are given to somebody."""
SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"), IPv6Network("3fff::/20"))
"""Not everybody's either, which older versions of Python do not know."""


class UrlRefused(InvalidInput):
    """Nothing is sent to this URL."""


@dataclass(frozen=True, slots=True)
class Target:
    """`host` is a name or an address in ASCII, without brackets; `path` begins with a slash and holds the query too."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the header Host says: the port only where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def target_of(url: str, *, loopback: bool) -> Target:
    """Return the parts of a URL; raise UrlRefused for one that is no `https://` URL without user name and fragment.

    With `loopback` it may be `http://` too: what it resolves to is then held to loopback.
    """
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except ValueError:
        raise UrlRefused(Sentence("refusal.WEBHOOK_URL", most=LONGEST_URL)) from None
    if not _is_plain(url, parts) or not host or "%" in host or parts.scheme not in (PORTS if loopback else ("https",)):
        raise UrlRefused(Sentence("refusal.WEBHOOK_URL", most=LONGEST_URL))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, host, port or PORTS[parts.scheme], path)


def _is_plain(url: str, parts: SplitResult) -> bool:
    """Tell whether a URL has nothing that two parsers may read in two ways, and no more than a request needs."""
    printable = all(each > " " and each not in '\\"<>^`{|}\x7f' for each in url)
    rest = parts.path + parts.query
    return len(url) <= LONGEST_URL and printable and rest.isascii() and "@" not in parts.netloc and "#" not in url


def is_refused(address: str, *, loopback: bool) -> bool:
    """Tell whether nothing is sent to an address: it is private, of one link or machine, of many, or of no network at all.

    With `loopback` this machine is let through.
    """
    found = innermost(ip_address(address))
    if found.is_loopback:
        return not loopback
    if isinstance(found, IPv6Address) and found not in PUBLIC_IPV6:
        return True
    return found.is_multicast or found.is_reserved or not found.is_global or any(found in network for network in SPECIAL)


def innermost(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address that an IPv6 address stands for; any other as it is."""
    if isinstance(address, IPv4Address) or address.is_loopback or address.is_unspecified:
        return address
    if any(address in network for network in IPV4_IN_IPV6):
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_loopback(address: str) -> bool:
    return innermost(ip_address(address)).is_loopback
