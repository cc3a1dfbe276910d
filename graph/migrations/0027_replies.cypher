// Replies to customers that have not left yet, by when they are due.
CREATE CONSTRAINT reply_id IF NOT EXISTS FOR (n:Reply) REQUIRE n.id IS UNIQUE;
CREATE INDEX reply_due IF NOT EXISTS FOR (n:Reply) ON (n.state, n.send_at);
