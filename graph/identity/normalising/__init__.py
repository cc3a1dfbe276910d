"""Normalising what sources write: one topic a module, pure functions."""
