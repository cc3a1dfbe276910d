"""Files in: mappings, rows grouped into events, checkpoints."""
