"""Webhooks out: requests to the endpoints of apps, as often as it takes, by one process at a time."""
