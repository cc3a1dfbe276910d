"""Webhooks: endpoints, what was sent to each, the mutations that change them, and the body of a request."""
