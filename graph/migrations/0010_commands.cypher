// What a person or an app did is found by the client and the key that it chose; keys go when they are a month old.
CREATE CONSTRAINT command_client_key IF NOT EXISTS FOR (n:Command) REQUIRE (n.client, n.key) IS UNIQUE;
CREATE INDEX command_at IF NOT EXISTS FOR (n:Command) ON (n.at);

// Until now the decision itself kept the key, for all clients together; who decided was the client.
MATCH (d:PersonDecision) WHERE d.idempotency_key IS NOT NULL
MERGE (c:Command {client: d.actor, key: d.idempotency_key})
SET c.id = d.id, c.kind = d.rule, c.actor = d.actor, c.at = d.at, c.digest = d.digest, c.answer = d.answer
REMOVE d.idempotency_key, d.digest, d.answer;
DROP CONSTRAINT person_decision_key IF EXISTS;
