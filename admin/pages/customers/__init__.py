"""The customer page."""
