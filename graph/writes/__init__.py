"""What all writers share: the unit of work, the lock order, changes noted, dry runs."""
