"""While requests are served the collector leaves alone what was there before, and afterwards all is as it was."""

from __future__ import annotations

import gc

from api.process.garbage_collector import YOUNG_OBJECTS, unhurried_collector


def test_what_was_there_is_left_alone_and_what_is_new_is_looked_at_less_often() -> None:
    usual, frozen = gc.get_threshold(), gc.get_freeze_count()
    with unhurried_collector():
        assert gc.get_freeze_count() > frozen
        assert gc.get_threshold() == (YOUNG_OBJECTS, *usual[1:])
    assert gc.get_threshold() == usual
    assert gc.get_freeze_count() == 0


def test_a_cycle_is_collected_all_the_same() -> None:
    class Node:
        def __init__(self) -> None:
            self.itself = self

    def alive() -> int:
        return sum(isinstance(found, Node) for found in gc.get_objects())

    with unhurried_collector():
        for _ in range(2 * YOUNG_OBJECTS):
            Node()
        assert alive() < 2 * YOUNG_OBJECTS
