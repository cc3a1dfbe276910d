// Every key is unique, and every look-up of docs/architecture.md has its index.
// A statement ends with a semicolon at the end of a line. It may run again after a crash, so it must bear that.

CREATE CONSTRAINT customer_id IF NOT EXISTS FOR (n:Customer) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT source_record_key IF NOT EXISTS FOR (n:SourceRecord) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT source_record_id IF NOT EXISTS FOR (n:SourceRecord) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT identifier_key IF NOT EXISTS FOR (n:Identifier) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT identifier_id IF NOT EXISTS FOR (n:Identifier) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT touchpoint_id IF NOT EXISTS FOR (n:Touchpoint) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT order_id IF NOT EXISTS FOR (n:Order) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT order_line_id IF NOT EXISTS FOR (n:OrderLine) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT store_id IF NOT EXISTS FOR (n:Store) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT product_id IF NOT EXISTS FOR (n:Product) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (n:Decision) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT match_candidate_id IF NOT EXISTS FOR (n:MatchCandidate) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT receipt_key IF NOT EXISTS FOR (n:Receipt) REQUIRE n.key IS UNIQUE;

// The timeline: one ordered seek for each source record, also by kind or channel.
CREATE INDEX touchpoint_record_position IF NOT EXISTS FOR (n:Touchpoint) ON (n.record, n.position);
CREATE INDEX touchpoint_record_kind_position IF NOT EXISTS FOR (n:Touchpoint) ON (n.record, n.kind, n.position);
CREATE INDEX touchpoint_record_channel_position IF NOT EXISTS FOR (n:Touchpoint) ON (n.record, n.channel, n.position);

// Look-up by what a person reads out: an order number, a phone number, their last digits.
CREATE INDEX order_number IF NOT EXISTS FOR (n:Order) ON (n.number);
CREATE INDEX order_number_suffix IF NOT EXISTS FOR (n:Order) ON (n.number_suffix);
CREATE INDEX identifier_value IF NOT EXISTS FOR (n:Identifier) ON (n.value);
CREATE INDEX identifier_suffix IF NOT EXISTS FOR (n:Identifier) ON (n.suffix);

CREATE INDEX customer_favourite_store IF NOT EXISTS FOR (n:Customer) ON (n.favourite_store);
CREATE INDEX receipt_received_at IF NOT EXISTS FOR (n:Receipt) ON (n.received_at);

// Japanese by pairs of characters; Latin by whole words without stop words, since "No" and "To" are names.
CREATE FULLTEXT INDEX customer_text IF NOT EXISTS FOR (n:Customer) ON EACH [n.search_text]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk'}};
CREATE FULLTEXT INDEX customer_latin IF NOT EXISTS FOR (n:Customer) ON EACH [n.search_latin]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
