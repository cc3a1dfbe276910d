// One index by the forms of graph/search: names, and what is told beside a name; `customer360 identity rebuild` fills it.
DROP INDEX customer_text IF EXISTS;
DROP INDEX customer_latin IF EXISTS;

MATCH (c:Customer) WHERE c.search_text IS NOT NULL OR c.search_latin IS NOT NULL
CALL (c) {
  REMOVE c.search_text, c.search_latin
} IN TRANSACTIONS OF 5000 ROWS;

CREATE FULLTEXT INDEX customer_search IF NOT EXISTS FOR (n:Customer) ON EACH [n.search_names, n.search_details]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace', `fulltext.eventually_consistent`: true}};

// Order numbers as people type them, and the domain of a mail address.
MATCH (o:Order) WHERE o.number IS NOT NULL
CALL (o) {
  WITH o, reduce(key = '', sign IN split(toUpper(normalize(o.number, NFKC)), '') |
    key + CASE WHEN sign =~ '[\\p{L}\\p{N}]' THEN sign ELSE '' END) AS key
  SET o.number_key = key, o.number_suffix = right(key, 4)
} IN TRANSACTIONS OF 5000 ROWS;

MATCH (i:Identifier {kind: 'EMAIL'})
CALL (i) {
  SET i.domain = split(i.value, '@')[-1]
} IN TRANSACTIONS OF 5000 ROWS;

DROP INDEX order_number IF EXISTS;
CREATE INDEX order_number_key IF NOT EXISTS FOR (n:Order) ON (n.number_key);
CREATE INDEX identifier_domain IF NOT EXISTS FOR (n:Identifier) ON (n.domain);
