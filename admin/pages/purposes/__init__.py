"""Why somebody looks up very many people."""
