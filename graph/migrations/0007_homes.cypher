// Who lives in one home: the key is made of place and room, and tells neither.
CREATE INDEX source_record_home IF NOT EXISTS FOR (n:SourceRecord) ON (n.home);
