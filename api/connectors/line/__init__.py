"""LINE: what comes by the webhook of an official account, and messages that are pushed to its friends."""
