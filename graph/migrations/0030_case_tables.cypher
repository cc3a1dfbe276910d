// Versions of targets and calendars, and by how many of them an open case was computed.
CREATE CONSTRAINT case_table_version_id IF NOT EXISTS FOR (n:CaseTableVersion) REQUIRE n.id IS UNIQUE;
CREATE INDEX case_tables IF NOT EXISTS FOR (n:Case) ON (n.listed, n.tables);

MATCH (k:Case) WHERE k.tables IS NULL
CALL (k) { SET k.tables = 0 } IN TRANSACTIONS OF 5000 ROWS;
