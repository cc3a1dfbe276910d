"""Run as a script: become the given command, but end with the parent. Stands alone, so that it starts fast."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # The parent may have ended before the line above: then no signal will come.
        if os.getppid() != parent:
            sys.exit(1)
    os.execv(command[0], command)  # noqa: S606  (the command comes from our own list)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
