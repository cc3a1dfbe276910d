// An order taken by phone answers what was asked before it; what its own outcome calls settled waits no more.
// The rules are those of graph/touchpoints/concerns.py on the day of this migration.

MATCH (t:Touchpoint) WHERE t.kind = 'ORDER' AND t.channel = 'PHONE'
CALL (t) {
  SET t.is_answer = true
} IN TRANSACTIONS OF 5000 ROWS;

MATCH (t:Touchpoint)
WHERE (t.attention = 'COMPLAINT' OR t.is_question) AND any(said IN [t.outcome, t.result] WHERE toLower(trim(said)) IN
  ['解決', '解決済', '解決済み', '対応済', '対応済み', '対応完了', '完了', 'resolved', 'solved', 'closed', 'done'])
CALL (t) {
  SET t.is_question = null, t.attention = CASE WHEN t.kind IN ['APPOINTMENT', 'SERVICE_VISIT'] THEN CASE
    WHEN t.attended = false THEN 'APPOINTMENT_MISSED'
    WHEN t.attended IS NULL AND t.scheduled_for IS NOT NULL THEN 'APPOINTMENT_AHEAD' END END
} IN TRANSACTIONS OF 5000 ROWS;
