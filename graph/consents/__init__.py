"""Consents: their event type, what a unit of work holds of them, and the command that records one."""
