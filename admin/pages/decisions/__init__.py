"""The page on which a person decides."""
