"""The HTTP face: the application, its routes, and the server that runs it."""
