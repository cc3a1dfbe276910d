"""More is asked of the server than it can answer, for long: it stays up, says so, and loses nothing that it acknowledged."""
