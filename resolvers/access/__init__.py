"""Who asks, and what their roles may."""
