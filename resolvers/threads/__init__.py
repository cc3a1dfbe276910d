"""Threads: the type, the threads of a customer, and the mutations by which people tie and untie."""
