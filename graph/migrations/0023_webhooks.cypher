// Endpoints of apps that are told of changes, and what is and was sent to each: in order, by state, by key, and by when it is due.
CREATE CONSTRAINT webhook_endpoint_id IF NOT EXISTS FOR (n:WebhookEndpoint) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT webhook_delivery_id IF NOT EXISTS FOR (n:WebhookDelivery) REQUIRE n.id IS UNIQUE;
CREATE INDEX webhook_delivery_log IF NOT EXISTS FOR (n:WebhookDelivery) ON (n.endpoint, n.position);
CREATE INDEX webhook_delivery_state IF NOT EXISTS FOR (n:WebhookDelivery) ON (n.endpoint, n.state, n.position);
CREATE INDEX webhook_delivery_key IF NOT EXISTS FOR (n:WebhookDelivery) ON (n.endpoint, n.key, n.state, n.position);
CREATE INDEX webhook_delivery_due IF NOT EXISTS FOR (n:WebhookDelivery) ON (n.endpoint, n.state, n.next_at);
CREATE INDEX webhook_delivery_ended IF NOT EXISTS FOR (n:WebhookDelivery) ON (n.ended_at);
