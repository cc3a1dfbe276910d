"""Scalars, enums, money and sentences that all types share."""
