"""The command `kg`: results on stdout, everything else on stderr, exit codes as documented."""

from __future__ import annotations

import sys
from typing import NoReturn

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code; `kg.cli.app` has the commands."""
    try:
        # Here, so that Ctrl-C in the first tenth of a second shows no traceback either.
        from kg.cli.app import main as run

        run(arguments)
    except KeyboardInterrupt:  # between two steps of what ends a command
        sys.exit(130)
