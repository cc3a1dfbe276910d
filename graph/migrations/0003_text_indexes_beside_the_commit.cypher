// A commit that changes a name waited three quarters of its time for the two text indexes. They now follow it
// by a moment (docs/adr/0011), and the id of an order needs no constraint beside that of its touchpoint.

DROP INDEX customer_text IF EXISTS;
DROP INDEX customer_latin IF EXISTS;
CREATE FULLTEXT INDEX customer_text IF NOT EXISTS FOR (n:Customer) ON EACH [n.search_text]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'cjk', `fulltext.eventually_consistent`: true}};
CREATE FULLTEXT INDEX customer_latin IF NOT EXISTS FOR (n:Customer) ON EACH [n.search_latin]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words', `fulltext.eventually_consistent`: true}};

DROP CONSTRAINT order_id IF EXISTS;
