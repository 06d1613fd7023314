# SPDX-License-Identifier: MIT
"""The program that holds the commands: its help, its exit codes and its output."""

from __future__ import annotations

from typing import Any

import click

from caljobs_policy import __version__
from caljobs_policy.cli.exit_codes import ExitCode
from caljobs_policy.cli.streams import usable_output


class _Command(click.Command):
    """A command whose first sentence the list of commands shows whole."""

    def get_short_help_str(self, limit: int = 0) -> str:
        """Return the first sentence, however long it is."""
        return super().get_short_help_str(limit=len(self.help or ""))


class _Commands(click.Group):
    """The commands, which run with an output that can be written to."""

    command_class = _Command

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command and leave with its exit code."""
        with usable_output():
            return super().main(*args, **more)


_HELP = f"""Evaluate who may have a CalJOBS account, who asks, who approves, and by when.

Exit codes: {"; ".join(f"{code.value} {code.meaning}" for code in ExitCode)}.
"""


@click.group(cls=_Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="caljobs-policy")
def main() -> None:
    """Run one of the commands."""
