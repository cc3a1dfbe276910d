"""Consents: their event type, and what a unit of work holds of them."""
