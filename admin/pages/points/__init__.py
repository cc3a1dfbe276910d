"""The page of a loyalty account: its balance, its lots, and every entry explained."""
