"""Matching by a model: fields declared, compared in levels, weighed without labels, and gathered into clusters."""
