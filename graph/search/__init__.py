"""Text search: names folded for the indexes, and what a typed text can mean."""
