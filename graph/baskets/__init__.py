"""Baskets and seen-lists: one of each for a customer over all doors, on the source records that added what is in them."""
