"""The page on which a basket is changed, and offers are made and answered."""
