// Of cases that are due at the same time the longest waiting comes first: open ones are computed anew by the next server.
MATCH (k:Case) WHERE k.listed = 'OPEN'
CALL (k) { SET k.tables = -1 } IN TRANSACTIONS OF 5000 ROWS;
