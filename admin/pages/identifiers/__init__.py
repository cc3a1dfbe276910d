"""The page of an identifier: who has it, since when, what it may be used for and why; and the words by which that changes."""
