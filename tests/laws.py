"""How often a law is tried: in each test run on a few examples, the same ones; in `make soak` on many, new each time."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

TEST, SOAK = "test", "soak"
"""Profiles; `pytest --hypothesis-profile=soak` chooses the other one."""

settings.register_profile(TEST, derandomize=True, database=None, deadline=None)
settings.register_profile(SOAK, max_examples=2_000, derandomize=False, database=None, deadline=None, print_blob=True)


def examples(*, test: int, soak: int) -> int:
    """Return how many examples to try under the profile of this run; of use once pytest has chosen it."""
    return soak if settings.get_current_profile_name() == SOAK else test


def graph_law(*, test: int, soak: int) -> settings:
    """Return the settings of a law that loads a graph for each example: not shrunk, as each step would be several loads."""
    unavoidable = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(max_examples=examples(test=test, soak=soak), phases=[Phase.generate], suppress_health_check=unavoidable)
