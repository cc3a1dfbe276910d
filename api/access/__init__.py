"""Who is asking: tokens."""
