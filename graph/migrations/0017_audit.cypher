// Who has seen whose personal data: copied from the files of the read audit.
CREATE CONSTRAINT audit_entry_id IF NOT EXISTS FOR (n:AuditEntry) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT audit_file_name IF NOT EXISTS FOR (n:AuditFile) REQUIRE n.name IS UNIQUE;
CREATE INDEX audit_entry_file IF NOT EXISTS FOR (n:AuditEntry) ON (n.file);
CREATE INDEX audit_entry_at IF NOT EXISTS FOR (n:AuditEntry) ON (n.at);
