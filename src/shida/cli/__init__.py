"""The command line: parse, call one function, print. Start with `shida --help`.

Commands live in a module per subject; everything heavy is imported inside them, so `shida --help` answers at once.
"""

from __future__ import annotations

import sys

from cyclopts import CycloptsError

from shida.cli.application import application
from shida.errors import ShidaError


def main() -> None:
    """Run the command line and exit: 0 done, 1 findings, 2 could not."""
    try:
        code = application(sys.argv[1:])
    except CycloptsError:
        sys.exit(2)  # it has printed what is wrong with the arguments
    except ShidaError as error:
        print(f"shida: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("\nshida: stopped. What was acknowledged is kept; run the same command to go on.", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # the reader (head, less) went away; nothing is left to tell it, and closing must not fail either
        sys.stderr.close()
        sys.exit(2)
    except OSError as error:
        print(f"shida: {error.filename or 'output'}: {error.strerror}. Nothing more was written.", file=sys.stderr)
        sys.exit(2)
    sys.exit(code if isinstance(code, int) else 0)


__all__ = ["application", "main"]
