"""The pages of jobs: the list, one with its progress, and asking for an export."""
