"""Coupons: what is given out, who has one, what they take off a basket, and the mutations that hold and use them."""
