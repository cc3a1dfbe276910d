"""The read audit: who has seen whose personal data, kept in files that cannot be changed unseen, and copied into the graph."""
