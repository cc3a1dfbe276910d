// How far each source is trusted, once for all processes that write to this graph.
CREATE CONSTRAINT source_trust_key IF NOT EXISTS FOR (n:SourceTrust) REQUIRE n.key IS UNIQUE;

// The decisions by which records left a customer. Those about new records have no such property, and no entry.
CREATE INDEX decision_from_customer IF NOT EXISTS FOR (n:Decision) ON (n.from_customer);
