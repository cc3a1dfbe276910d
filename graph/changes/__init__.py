"""Changes after they are committed: numbered by one process at a time, and followed by their numbers."""
