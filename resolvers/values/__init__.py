"""Scalars, enums, money, sentences and references that all types share."""
