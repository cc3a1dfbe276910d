"""Topic and priority of a new case: by rules first, then by a model of the company's own cases; each with its reasons."""
