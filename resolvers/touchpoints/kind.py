"""The kinds of touchpoints by their names, as the registry has them."""

from __future__ import annotations

from typing import Annotated

import strawberry

from graph.touchpoints import TOUCHPOINTS
from resolvers.values.words import Language, TouchpointKind


@strawberry.type(name="TouchpointKindName", description="A kind of touchpoint and what it is called.")
class KindName:
    kind: TouchpointKind = strawberry.field(description="The word of the enum, as filters take it.")

    @strawberry.field(description="What people call it, as summary lines begin.")
    def name(self, language: Annotated[Language, strawberry.argument(description="In which tongue to say it.")] = "ja") -> str:
        row = TOUCHPOINTS[self.kind]
        return (row.en if language == "en" else row.ja)[0]


def touchpoint_kinds() -> list[KindName]:
    return [KindName(kind=kind) for kind in TOUCHPOINTS]
