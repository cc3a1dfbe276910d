"""The contract for data in: the shapes of events, and a raw event read into facts."""
