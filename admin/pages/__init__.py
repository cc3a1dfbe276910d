"""The pages: each in a folder with its handler, its operations and its templates."""
