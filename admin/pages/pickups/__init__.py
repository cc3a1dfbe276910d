"""The shelf of a store: what waits there to be picked up."""
