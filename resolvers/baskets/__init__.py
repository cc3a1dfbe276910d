"""Baskets and seen-lists of customers, and the mutations by which doors change and hand over what is in them."""
