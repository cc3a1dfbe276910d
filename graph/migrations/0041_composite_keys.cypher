// What records are linked by that share no identifier: made of what they tell of themselves.
CREATE CONSTRAINT composite_key IF NOT EXISTS FOR (n:CompositeKey) REQUIRE n.key IS UNIQUE;
CREATE INDEX record_unproposed IF NOT EXISTS FOR (n:SourceRecord) ON (n.unproposed);
CREATE INDEX record_birth_date IF NOT EXISTS FOR (n:SourceRecord) ON (n.birth_date);
