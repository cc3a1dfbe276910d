"""The page on which what a customer agrees to or refuses is recorded."""
