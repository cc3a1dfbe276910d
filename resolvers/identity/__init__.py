"""Records, identifiers and decisions: who is one person, and why."""
