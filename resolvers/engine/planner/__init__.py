"""The read planner's GraphQL half: fields say how they are read, a selection becomes one statement and its projector."""

from resolvers.engine.planner.fields import Argument, entries, entry, identity, many, one, page, part, planned, prop, told

__all__ = ["Argument", "entries", "entry", "identity", "many", "one", "page", "part", "planned", "prop", "told"]
