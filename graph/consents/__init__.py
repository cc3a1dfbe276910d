"""Consents in a write transaction."""
