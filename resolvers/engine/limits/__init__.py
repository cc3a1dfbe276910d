"""What a request may ask for: the shape of its document, its cost, and what it may use while it runs."""
