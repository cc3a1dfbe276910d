// What writers noted, by an id that begins with the time; and the values whose anonymous contacts wait to be attributed.

CREATE CONSTRAINT outbox_entry_id IF NOT EXISTS FOR (n:OutboxEntry) REQUIRE n.id IS UNIQUE;
CREATE INDEX identifier_unattributed_after IF NOT EXISTS FOR (n:Identifier) ON (n.unattributed_after);
