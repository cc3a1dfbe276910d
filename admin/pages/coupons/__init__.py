"""The pages of coupons: the list of all, and one with its terms and counts."""
