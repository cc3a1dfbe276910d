"""Data in: contract, reading, the write transaction, mappings."""
