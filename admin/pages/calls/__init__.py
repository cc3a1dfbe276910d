"""Calls that ring and are being spoken: who may be calling, and what they wait for."""
