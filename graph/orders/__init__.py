"""Orders as commerce sees them: how one stands by now, and who follows what becomes of it."""
