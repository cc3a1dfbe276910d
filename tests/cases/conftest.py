"""What is expected of the cases stands in modules beside their test, and says what it found as a test does."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.register_assert_rewrite(*(f"tests.cases.{path.stem}" for path in Path(__file__).parent.glob("[!ct]*.py")))
