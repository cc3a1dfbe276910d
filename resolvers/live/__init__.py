"""Subscriptions: what changes, told as it happens, read as whoever follows."""
