"""Providers of telephone, LINE, shops and mail: each a table row that verifies, and a pure mapping to events."""
