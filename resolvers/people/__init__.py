"""Customers: the look-up, the customer view, household, consents."""
