"""Pages that are handed out as files: each whole in itself, without scripts, to be read and printed anywhere."""
