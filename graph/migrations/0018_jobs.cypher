// Long work that somebody asked for: found by its id, and by its state by whoever runs what waits.
CREATE CONSTRAINT job_id IF NOT EXISTS FOR (n:Job) REQUIRE n.id IS UNIQUE;
CREATE INDEX job_state IF NOT EXISTS FOR (n:Job) ON (n.state);
CREATE INDEX job_about IF NOT EXISTS FOR (n:Job) ON (n.about);
