"""Replies that staff have written leave by mail and LINE, and what has left is recorded like any other contact."""
