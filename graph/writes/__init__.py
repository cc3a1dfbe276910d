"""What all writers share: statements over rows, dry runs."""
