"""Points: accounts as ledgers of lots and entries, the rules by which orders earn, ranks, and the commands at a till."""
