// Threads, found by any of their interactions; what interactions have in common, sought in the order of time; threads of a
// customer; messages by what they are called; and the identifiers whose interactions wait for their threads.
CREATE CONSTRAINT thread_id IF NOT EXISTS FOR (n:Thread) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT thread_key IF NOT EXISTS FOR (n:ThreadKey) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT thread_span_key IF NOT EXISTS FOR (n:ThreadSpan) REQUIRE n.key IS UNIQUE;
CREATE INDEX ties_by_key_position IF NOT EXISTS FOR ()-[r:TIES_BY]-() ON (r.key, r.position);
CREATE INDEX touchpoint_record_threaded_position IF NOT EXISTS FOR (n:Touchpoint) ON (n.record, n.threaded, n.position);
CREATE INDEX touchpoint_message_name IF NOT EXISTS FOR (n:Touchpoint) ON (n.message_name);
CREATE INDEX identifier_threads_after IF NOT EXISTS FOR (n:Identifier) ON (n.threads_after);

// What messages are called and which they name; none of those that are recorded has a keyed part.
MATCH (t:Touchpoint) WHERE t.kind IN ['EMAIL', 'SMS', 'WEB_FORM'] AND (t.message_id IS NOT NULL OR t.in_reply_to IS NOT NULL)
CALL (t) {
  SET t.message_name = 'id:' + replace(replace(trim(t.message_id), '<', ''), '>', ''),
      t.replied_names = CASE WHEN t.in_reply_to IS NOT NULL
        THEN [each IN split(replace(replace(trim(t.in_reply_to), '<', ''), '>', ''), ' ') WHERE each <> '' | 'id:' + each] END
} IN TRANSACTIONS OF 5000 ROWS;
