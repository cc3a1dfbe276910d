"""What people decide about identity: joins, partings, blocks and assignments, each with who, why, and a way back."""
