// A write locks a node by `REMOVE n.lock`. While no node has ever had a property of that name, Neo4j takes
// such a REMOVE for nothing to do, and locks nothing: so the name is made known once.

CALL db.createProperty('lock');
