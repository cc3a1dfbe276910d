"""Erasure of a person: what identifies them goes, lawful facts stay, and a keyed hash keeps what is gone from coming back."""
