// What asks for an answer, gives one, or went wrong stands on the touchpoint, so that it is sought and not worked out
// from the history; what is nobody's stands beside what it came by. The rules are those of graph/touchpoints/kinds.py
// on the day of this migration.

MATCH (t:Touchpoint)
WHERE t.kind IN ['ORDER', 'CALL', 'EMAIL', 'SMS', 'WEB_FORM', 'FAX', 'CHAT_THREAD', 'SOCIAL_MESSAGE', 'STORE_VISIT', 'SURVEY',
  'FEEDBACK', 'APPOINTMENT', 'SERVICE_VISIT']
CALL (t) {
  WITH t, [said IN tail(split(COALESCE(t.messages, ''), '"from":"')) | toLower(split(said, '"')[0])] AS speakers
  WITH t, speakers, t.kind IN ['EMAIL', 'SMS', 'FAX', 'CHAT_THREAD', 'SOCIAL_MESSAGE', 'CALL', 'STORE_VISIT'] AND (
    COALESCE(t.direction, '') = 'OUTBOUND' OR any(speaker IN speakers WHERE speaker <> 'customer')
    OR t.kind IN ['CALL', 'STORE_VISIT'] AND t.staff IS NOT NULL) AS answers
  WITH t, answers, NOT answers AND CASE
    WHEN t.kind = 'CALL' THEN COALESCE(t.direction = 'INBOUND' AND t.duration_seconds = 0, false)
    WHEN t.kind = 'WEB_FORM' THEN true
    ELSE t.kind IN ['EMAIL', 'SMS', 'FAX', 'CHAT_THREAD', 'SOCIAL_MESSAGE']
      AND (COALESCE(t.direction, '') = 'INBOUND' OR 'customer' IN speakers) END AS asks
  SET t.is_answer = CASE WHEN answers THEN true END, t.is_question = CASE WHEN asks THEN true END, t.attention = CASE
    WHEN t.kind = 'ORDER' THEN CASE
      WHEN t.status IN ['CANCELLED', 'RETURNED'] THEN 'ORDER_' + t.status
      WHEN t.status <> 'FULFILLED' THEN 'ORDER_OPEN' END
    WHEN any(word IN ['苦情', 'クレーム', '不満', 'complaint', 'dissatisfied', 'negative'] WHERE
      toLower(COALESCE(t.topic, '') + ' ' + COALESCE(t.subject, '') + ' ' + COALESCE(t.sentiment, '')) CONTAINS word)
      THEN 'COMPLAINT'
    WHEN t.kind IN ['SURVEY', 'FEEDBACK'] THEN CASE WHEN t.score <= toFloatOrNull(t.scale) / 2 THEN 'LOW_SCORE' END
    WHEN t.kind IN ['APPOINTMENT', 'SERVICE_VISIT'] THEN CASE
      WHEN t.attended = false THEN 'APPOINTMENT_MISSED'
      WHEN t.attended IS NULL AND t.scheduled_for IS NOT NULL THEN 'APPOINTMENT_AHEAD' END
    WHEN asks THEN 'UNANSWERED' END
} IN TRANSACTIONS OF 5000 ROWS;

MATCH (t:Touchpoint {bare: true})-[v:VIA]->(i:Identifier)
WHERE t.record = t.id AND t.assigned IS NULL
CALL (t, v, i) {
  SET v.unattributed = i.key, v.position = t.position
} IN TRANSACTIONS OF 5000 ROWS;

// What waits for a customer by reason, and the newest answer to them; what waits in a time; what is nobody's.
CREATE INDEX touchpoint_record_attention_position IF NOT EXISTS FOR (n:Touchpoint) ON (n.record, n.attention, n.position);
CREATE INDEX touchpoint_record_is_answer_position IF NOT EXISTS FOR (n:Touchpoint) ON (n.record, n.is_answer, n.position);
CREATE INDEX touchpoint_is_question_position IF NOT EXISTS FOR (n:Touchpoint) ON (n.is_question, n.position);
CREATE INDEX via_unattributed_position IF NOT EXISTS FOR ()-[r:VIA]-() ON (r.unattributed, r.position);
