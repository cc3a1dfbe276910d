"""Webhooks: endpoints of apps, what is to be sent to each, in which order, when again, and how it is signed."""
