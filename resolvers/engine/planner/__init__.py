"""The read planner's GraphQL half: fields say how they are read, a selection becomes one statement and its projector."""

from resolvers.engine.planner.fields import (
    Argument,
    entries,
    entry,
    from_viewer,
    identity,
    many,
    one,
    page,
    part,
    planned,
    prop,
    referred,
)

__all__ = [
    "Argument",
    "entries",
    "entry",
    "from_viewer",
    "identity",
    "many",
    "one",
    "page",
    "part",
    "planned",
    "prop",
    "referred",
]
