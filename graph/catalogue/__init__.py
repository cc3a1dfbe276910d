"""Stores and products: their event types, and what a unit of work holds of them."""
