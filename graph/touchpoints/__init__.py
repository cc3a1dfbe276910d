"""Touchpoints: the registry of their kinds, their event types, and what a unit of work holds of them."""

from graph.touchpoints.fields import Field, FieldType
from graph.touchpoints.kinds import INTERACTION_KINDS, ORDER, RETURN, TOUCHPOINTS, TouchpointKind
from graph.touchpoints.summaries import summarize

__all__ = ["INTERACTION_KINDS", "ORDER", "RETURN", "TOUCHPOINTS", "Field", "FieldType", "TouchpointKind", "summarize"]
