"""Data sets whose people are known, and how each declares its fields: what identity is measured on."""
