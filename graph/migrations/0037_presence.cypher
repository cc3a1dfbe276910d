// Pages of cases that are open: by the page, by the case, and by when each has to say again that it is.
CREATE CONSTRAINT case_presence_key IF NOT EXISTS FOR (n:CasePresence) REQUIRE n.key IS UNIQUE;
CREATE INDEX case_presence_case IF NOT EXISTS FOR (n:CasePresence) ON (n.case);
CREATE INDEX case_presence_until IF NOT EXISTS FOR (n:CasePresence) ON (n.until);
