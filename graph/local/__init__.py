"""The local Neo4j Community that needs only Python."""

from graph.local.ahead_of_time import make_cache
from graph.local.configuration import DEMO_MEMORY, Memory
from graph.local.keeping import KeptServer
from graph.local.server import LocalServer

__all__ = ["DEMO_MEMORY", "KeptServer", "LocalServer", "Memory", "make_cache"]
