"""The pages of webhooks: endpoints of apps, and what was sent to each."""
