"""Threads: one conversation over as many channels as it takes, told from what interactions have in common and what people say."""
