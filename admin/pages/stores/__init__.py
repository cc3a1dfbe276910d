"""The store pages."""
