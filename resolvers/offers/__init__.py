"""Offers to customers: made at any door, answered at any door, and warned of where they were declined."""
