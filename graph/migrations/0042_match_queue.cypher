// The review queue: open match candidates in the order of their turns, which the upkeep and each decision keep.
CREATE INDEX match_candidate_turn IF NOT EXISTS FOR (n:MatchCandidate) ON (n.status, n.turn);
