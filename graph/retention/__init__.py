"""Retention: contacts and readings that are older than the company keeps them go, day by day, in steps."""
