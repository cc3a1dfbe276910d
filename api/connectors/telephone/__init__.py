"""Telephone systems: what they report of a call as events of one interaction."""
