"""What the server tells of itself: metrics for Prometheus, and traces where an address for them is set.

Nothing in either is about a person: labels are routes, codes and outcomes, never addresses, ids or values.
"""
