"""By which channels this installation can answer: what its settings have a server or a token for."""

from __future__ import annotations

from collections.abc import Iterable

from resolvers.values.words import Channel


class _Current:
    """Those of this process: a server sets them when it begins."""

    channels: tuple[str, ...] = ()


def use_channels(channels: Iterable[str]) -> None:
    _Current.channels = tuple(sorted(channels))


def reply_channels() -> list[Channel]:
    return [Channel(each) for each in _Current.channels]
