"""What happened in a time over all customers."""
