"""The process and its HTTP interface: settings, sign-in, intake of events, commands."""
