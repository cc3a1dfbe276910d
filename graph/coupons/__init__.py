"""Coupons: their terms, what they take off a basket, who has one, who holds one, and that each is used once at any door."""
