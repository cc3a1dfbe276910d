// What a person decided is found by the key that the client gave it, so that a repeat is answered and not done again.
CREATE CONSTRAINT person_decision_key IF NOT EXISTS FOR (n:PersonDecision) REQUIRE n.idempotency_key IS UNIQUE;

// What is open for review comes by pages.
CREATE INDEX match_candidate_status_id IF NOT EXISTS FOR (n:MatchCandidate) ON (n.status, n.id);
