"""Kafka, where it is set up: changes out to a topic, events in from topics. Nothing of it is loaded otherwise."""
