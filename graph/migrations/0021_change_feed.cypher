// Changes are numbered after they are committed, in the order in which they were written, by the holder of a lease.
CREATE CONSTRAINT lease_name IF NOT EXISTS FOR (n:Lease) REQUIRE n.name IS UNIQUE;
CREATE CONSTRAINT outbox_entry_seq IF NOT EXISTS FOR (n:OutboxEntry) REQUIRE n.seq IS UNIQUE;
CREATE INDEX outbox_entry_new IF NOT EXISTS FOR (n:OutboxEntry) ON (n.state, n.written, n.id);
MATCH (e:OutboxEntry) WHERE e.written IS NULL
CALL (e) { SET e.written = 0 } IN TRANSACTIONS OF 1000 ROWS;
