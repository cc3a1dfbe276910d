"""The playground: GraphiQL with example operations, and the schema as a picture, both from files of our own."""
