"""The page of the identity graph of a customer: records and what they share, drawn and as a table."""
