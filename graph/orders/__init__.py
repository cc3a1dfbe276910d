"""Orders as commerce sees them: fulfilments, returns and pick-ups, how one stands by now, and who follows what becomes of it."""
