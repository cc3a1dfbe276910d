"""The local Neo4j Community that needs only Python."""

from graph.local.configuration import DEMO_MEMORY, Memory
from graph.local.server import LocalServer

__all__ = ["DEMO_MEMORY", "LocalServer", "Memory"]
