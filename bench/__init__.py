"""Benchmarks: product and baseline side by side in one run, and checks on whole data sets."""
