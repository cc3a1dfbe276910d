"""Touchpoint kinds: one registry from which models, GraphQL types and summaries are made."""

from graph.touchpoints.fields import Field, FieldType
from graph.touchpoints.kinds import ORDER, TOUCHPOINTS, TouchpointKind
from graph.touchpoints.summaries import summarize

__all__ = ["ORDER", "TOUCHPOINTS", "Field", "FieldType", "TouchpointKind", "summarize"]
