"""Exports of tables: customers, orders and touchpoints in files, all of them or what has changed after a cursor."""
