"""Identity: pure rules that say which source records are one customer."""
