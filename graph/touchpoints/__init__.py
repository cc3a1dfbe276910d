"""Touchpoint kinds: one registry from which models, GraphQL types and summaries are made."""

from graph.touchpoints.fields import Field, FieldType
from graph.touchpoints.kinds import INTERACTION_KINDS, ORDER, TOUCHPOINTS, TouchpointKind
from graph.touchpoints.summaries import summarize

__all__ = ["INTERACTION_KINDS", "ORDER", "TOUCHPOINTS", "Field", "FieldType", "TouchpointKind", "summarize"]
