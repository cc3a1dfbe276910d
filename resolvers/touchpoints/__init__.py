"""The touchpoint interface, a type for each kind, and what waits for an answer."""
