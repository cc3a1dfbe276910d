// Who has signed in, by the hash of the secret in their browser; and sign-ins from which the browser has not come back.
CREATE CONSTRAINT session_key IF NOT EXISTS FOR (n:Session) REQUIRE n.key IS UNIQUE;
CREATE INDEX session_subject IF NOT EXISTS FOR (n:Session) ON (n.subject);
CREATE INDEX session_provider_session IF NOT EXISTS FOR (n:Session) ON (n.provider_session);
CREATE INDEX session_ends_at IF NOT EXISTS FOR (n:Session) ON (n.ends_at);
CREATE CONSTRAINT sign_in_key IF NOT EXISTS FOR (n:SignIn) REQUIRE n.key IS UNIQUE;
CREATE INDEX sign_in_ends_at IF NOT EXISTS FOR (n:SignIn) ON (n.ends_at);
