"""Sessions of people who have signed in, and sign-ins under way: kept in the graph, so that several processes share them."""
