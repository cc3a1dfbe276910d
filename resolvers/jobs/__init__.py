"""Jobs: long work that somebody asked for, and the mutations that ask."""
