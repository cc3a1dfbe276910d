"""The review queue: pairs of customers that wait for a decision, compared and decided one after the other."""
