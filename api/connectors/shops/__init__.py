"""Shop systems: customers, orders and products as they change, under the sources and ids of their exports (mappings/)."""
