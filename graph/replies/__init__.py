"""Replies to customers between being written and having left: what has left is an interaction like any other."""
