"""The command `kg`: results on stdout, everything else on stderr, exit codes as documented."""

from kg.cli.app import main

__all__ = ["main"]
