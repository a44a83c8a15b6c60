"""The group of commands: global options, late imports, errors to messages and exit codes."""

from __future__ import annotations

import importlib
import signal
import sys
import traceback
from typing import NoReturn

import click

from kg import __version__
from kg.cli.context import Settings, find_settings
from kg.cli.interrupt import INTERRUPTED, hard_interrupts
from kg.cli.output import note
from kg.errors import KgError, UsageError

DONE, FAILED, USAGE, PARTIAL = 0, 1, 2, 3

_COMMANDS = {
    "demo": "kg.cli.building:demo",
    "build": "kg.cli.building:build",
    "remove": "kg.cli.building:remove",
    "annotate": "kg.cli.annotating:annotate",
    "status": "kg.cli.showing:status",
    "entities": "kg.cli.showing:entities",
    "show": "kg.cli.showing:show",
    "says": "kg.cli.showing:says",
    "explain": "kg.cli.showing:explain",
    "query": "kg.cli.querying:query",
    "sparql": "kg.cli.serving:sparql",
    "export": "kg.cli.querying:export",
    "check": "kg.cli.querying:check",
    "link": "kg.cli.linking:link",
    "suggest": "kg.cli.showing:suggest",
    "merge": "kg.cli.correcting:merge",
    "split": "kg.cli.correcting:split",
    "rename": "kg.cli.correcting:rename",
    "retype": "kg.cli.correcting:retype",
    "accept": "kg.cli.linking:accept",
    "reject": "kg.cli.correcting:reject",
    "correct": "kg.cli.correcting:correct",
    "undo": "kg.cli.correcting:undo",
    "corrections": "kg.cli.correcting:corrections",
    "backup": "kg.cli.querying:backup",
    "restore": "kg.cli.querying:restore",
    "doctor": "kg.cli.doctor:doctor",
}


class LateGroup(click.Group):
    """Imports a command when it is run or asked for help, so that `kg --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands in the order of a first session, not of the alphabet."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command with this name, imported now."""
        target = _COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, attribute = target.split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--store", metavar="DIR", help="Where the graph is kept. Default: .kg")
@click.option("--config", metavar="FILE", help="Settings. Default: kg.toml or [tool.kg].")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@click.option("-v", "--verbose", is_flag=True, help="Each article as it is done.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.option("--json", "as_json", is_flag=True, help="Results as JSON.")
@click.option("--no-color", is_flag=True, help="Plain text, also on a terminal.")
@click.version_option(__version__, prog_name="kg", message="%(prog)s %(version)s")
@click.pass_context
def kg(ctx: click.Context, /, **options: str | bool | None) -> None:
    """Who said what about whom: news articles to a graph of statements, with evidence.

    Start with: kg demo
    """
    ctx.obj = find_settings(options)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command and leave with its exit code; no traceback unless `--debug` is given."""
    _use_utf8()
    words = sys.argv[1:] if arguments is None else arguments
    with hard_interrupts() as interrupts:
        try:
            outcome = kg.main(args=words, prog_name="kg", standalone_mode=False)
            code = outcome if isinstance(outcome, int) else DONE
        except (KeyboardInterrupt, click.exceptions.Abort):
            interrupts.tell()
            code = INTERRUPTED
        except Exception as error:  # noqa: BLE001  (the last line of defence: all errors end here)
            code = _report(error, debug="--debug" in words)
    if arguments is None:  # the work is done; Python's own end would be noisy about a Ctrl-C
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(code)


def _report(error: Exception, *, debug: bool) -> int:
    if debug:
        traceback.print_exception(error)
    if isinstance(error, click.NoSuchOption) and (misplaced := _misplaced(error)):
        note(f"Error: {misplaced}")
        return USAGE
    if isinstance(error, click.ClickException):
        error.show()
        return USAGE
    if isinstance(error, BrokenPipeError):
        return _close_quietly()
    note(f"Error: {_message(error)}")
    return USAGE if isinstance(error, UsageError) else FAILED


def _misplaced(error: click.NoSuchOption) -> str | None:
    """What to type where an option of `kg` itself stands after the command."""
    option = next((each for each in kg.params if error.option_name in each.opts), None)
    if option is None or error.ctx is None or error.ctx.parent is None:
        return None
    command = error.ctx.command_path.removeprefix("kg ")
    value = f" {option.metavar}" if option.metavar else ""
    name = error.option_name
    return f"{name} goes before the command: kg {name}{value} {command} ..."


def _message(error: Exception) -> str:
    if isinstance(error, KgError | ImportError):
        return str(error)
    if isinstance(error, OSError):
        where = f"'{error.filename}': " if error.filename else ""
        return f"{where}{error.strerror or error}"
    return f"unexpected {type(error).__name__}: {error}. Run again with --debug and report it."


def _close_quietly() -> int:
    """The reader of a pipe went away (`kg entities | head`): no error, and no noise at exit."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _use_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


__all__ = ["Settings", "kg", "main"]
