"""Commands: what a person or an app does, once for each key of a client, told from a repeat and from another request."""
