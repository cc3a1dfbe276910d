"""Exports of tables: the columns of each, and its rows as the schema answers them to whoever exports."""
