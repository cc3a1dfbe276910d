"""The front door: process start, command line, settings, HTTP, tokens, health, event intake."""
