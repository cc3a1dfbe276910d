// Time and id of an entry of the read audit as one text, which sorts as both: lists are sought by it, of all and of a subject.
MATCH (e:AuditEntry) WHERE e.position IS NULL
CALL (e) { SET e.position = e.at + e.id } IN TRANSACTIONS OF 1000 ROWS;
DROP INDEX audit_entry_at IF EXISTS;
CREATE INDEX audit_entry_position IF NOT EXISTS FOR (n:AuditEntry) ON (n.position);
CREATE INDEX audit_entry_subject IF NOT EXISTS FOR (n:AuditEntry) ON (n.subject, n.position);
