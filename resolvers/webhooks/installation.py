"""What the commands of webhooks need of this installation: the key of the secrets, and where it may send."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.webhooks.guard import Guard

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Installation:
    """`key` has KEY_BYTES, the same in every server of one graph."""

    key: bytes = bytes(KEY_BYTES)
    guard: Guard = field(default_factory=Guard)


class _Current:
    """That of this process: a server sets it when it begins."""

    installation = Installation()


def use_installation(installation: Installation) -> None:
    _Current.installation = installation


def installation() -> Installation:
    return _Current.installation
