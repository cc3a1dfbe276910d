"""Stores and products in a write transaction."""
