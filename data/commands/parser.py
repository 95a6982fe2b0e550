"""The collection from the command line: python -m data COMMAND; with --help, what each takes.

Exit codes: 0 done, 1 refused, with what is wrong on standard error, 2 wrongly asked, 130 stopped by Ctrl-C. With --json
a command prints one object on standard output; refused or stopped, {"error": text, "faults": [{severity, file, sheet,
row, column, value, reason}]}.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from data.collection import clock, database
from data.commands import (
    coding_commands,
    evidence_commands,
    history_commands,
    load_commands,
    mapping_commands,
    output,
    progress_line,
    safekeeping_commands,
    upgrade_commands,
)
from data.faults import ForPeople, Refused
from data.progress import Cancelled

STOPPED = 130
"""What a program that Ctrl-C ended returns, by the custom of shells: 128 and the number of the signal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused or STOPPED, with why on standard error."""
    parser = argparse.ArgumentParser(prog="python -m data", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for group in (
        load_commands,
        mapping_commands,
        history_commands,
        evidence_commands,
        coding_commands,
        upgrade_commands,
        safekeeping_commands,
    ):
        group.add_to(commands)
    options = parser.parse_args(arguments)
    if getattr(options, "wrongly", None) and (reason := options.wrongly(options)):
        parser.error(reason)
    try:
        clock.zone()
        engine = database.open_engine()
        with database.explained(engine), progress_line.stoppable(engine):
            code = int(options.run(engine, options))
        _flush()
    except Cancelled as stopped:
        _refused(stopped, as_json=getattr(options, "json", False))
        _flush()
        return STOPPED
    except ForPeople as refusal:
        return _refused(refusal, as_json=getattr(options, "json", False))
    except BrokenPipeError:
        _send_the_rest_nowhere()  # the reader has gone, as in `| head`
        return 1
    except OSError as error:
        if not error.filename:
            _send_the_rest_nowhere()
        print(f"{error.filename or 'what is printed'}: {error.strerror}", file=sys.stderr)
        return 1
    return code


def _flush() -> None:
    if sys.stdout:  # none where it was closed from the start
        sys.stdout.flush()


def _send_the_rest_nowhere() -> None:
    """Let what Python would write at its end go nowhere, in silence: it cannot be written."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _refused(refusal: Exception, as_json: bool) -> int:
    faults = refusal.faults if isinstance(refusal, Refused) else ()
    if as_json:
        output.in_json({"error": str(refusal), "faults": output.faults_of(faults)})
    elif faults:
        output.tell_faults(faults)
    else:
        print(refusal, file=sys.stderr)
    return 1
