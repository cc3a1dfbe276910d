"""Who has looked at a customer."""
