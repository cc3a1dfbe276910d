"""Offers: what was offered to a customer at any door, what they answered, and that what they declined is not offered unawares."""
