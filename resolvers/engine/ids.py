"""Global ids: what a client holds is opaque, what we read from it is a type name and the id in the graph."""

from __future__ import annotations

from typing import NamedTuple

from graph.errors import InvalidInput
from graph.words import Sentence
from resolvers.engine.opaque import pack, unpack
from resolvers.engine.sealing import seal


class NodeId(NamedTuple):
    type_name: str
    raw: str


SEALED = frozenset({"Identifier"})
"""Types whose raw ids are hashes of what a role may see masked only."""


def encode(type_name: str, raw: str) -> str:
    return pack(f"{type_name}:{seal().close(raw) if type_name in SEALED else raw}")


def decode(global_id: str) -> NodeId:
    """Return the type name and raw id; raise InvalidInput for anything that `encode` cannot have made."""
    type_name, _, raw = (unpack(global_id) or "").partition(":")
    if not (type_name and raw):
        raise InvalidInput(Sentence("refusal.NO_GLOBAL_ID"))
    return NodeId(type_name, seal().open(raw) if type_name in SEALED else raw)


def decode_as(type_name: str, global_id: str) -> str:
    """Return the raw id of a thing of one type; raise InvalidInput when the id belongs to another."""
    node_id = decode(global_id)
    if node_id.type_name != type_name:
        raise InvalidInput(Sentence("refusal.ID_OF_OTHER_TYPE", type=type_name))
    return node_id.raw
