// What somebody agreed to or refused: found from who said it and from the contact point, each by its relationships.
CREATE CONSTRAINT consent_id IF NOT EXISTS FOR (n:Consent) REQUIRE n.id IS UNIQUE;
