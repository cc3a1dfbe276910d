"""The kinds of touchpoints by their names, as the registry has them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph.touchpoints import TOUCHPOINTS
from resolvers.values.words import Language, TouchpointKind


@strawberry.type(name="TouchpointKindName", description="Kind of a touchpoint with its name.")
class KindName:
    kind: TouchpointKind = strawberry.field(description="The kind.")

    @strawberry.field(description="Name of the kind.")
    def name(self, language: Annotated[Language, strawberry.argument(description="Language of the name.")] = "ja") -> str:
        row = TOUCHPOINTS[self.kind]
        return (row.en if language == "en" else row.ja)[0]


def touchpoint_kinds() -> list[KindName]:
    return [KindName(kind=kind) for kind in TOUCHPOINTS]
