// What happened in a time, over all customers: one ordered range, from which kind and channel are read too,
// so that counting a day touches the index and no node.
CREATE INDEX touchpoint_position_kind_channel IF NOT EXISTS FOR (n:Touchpoint) ON (n.position, n.kind, n.channel);

// What happened in a store, newest first. A touchpoint that was in none has no entry here.
CREATE INDEX touchpoint_store_code_kind_position IF NOT EXISTS FOR (n:Touchpoint) ON (n.store_code, n.kind, n.position);

// What refers to an order by its number: each number of the list is one term.
CREATE FULLTEXT INDEX touchpoint_order_numbers IF NOT EXISTS FOR (n:Touchpoint) ON EACH [n.order_numbers]
  OPTIONS {indexConfig: {`fulltext.analyzer`: 'keyword', `fulltext.eventually_consistent`: true}};

// The regular customers of a store by pages: the id makes the order of the list.
DROP INDEX customer_favourite_store IF EXISTS;
CREATE INDEX customer_favourite_store_id IF NOT EXISTS FOR (n:Customer) ON (n.favourite_store, n.id);
