// The Neo4j GraphQL library for Node behind graphql-yoga, with what both offer to be fast; for `make bench` alone.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import net from "node:net";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

// The driver writes a long statement in pieces and lets the system hold the last one back, for 40 ms of every view.
// That is no cost of the library, and it has no setting for it.
const connect = net.connect;
net.connect = (...place) => connect(...place).setNoDelay();

const { NEO4J_URI, NEO4J_USER, NEO4J_PASSWORD, PORT } = process.env;
const driver = neo4j.driver(NEO4J_URI, neo4j.auth.basic(NEO4J_USER, NEO4J_PASSWORD), { fetchSize: -1, telemetryDisabled: true });
const typeDefs = readFileSync(new URL("types.graphql", import.meta.url), "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver, validate: false }).getSchema();

const yoga = createYoga({ schema, logging: false, graphiql: false, landingPage: false, multipart: false, maskedErrors: false });
createServer(yoga).listen(Number(PORT), "127.0.0.1");
