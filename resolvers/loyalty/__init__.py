"""Points: accounts, their lots and entries as they stand now, ranks, and the mutations of tills and web shops."""
