"""`python -m data COMMAND`: see data/commands/parser.py."""

import os
import sys

try:
    from data.commands.parser import STOPPED, main
except KeyboardInterrupt:  # to read all that a command may need takes a second, in which there is nothing to stop
    sys.exit(130)

if __name__ == "__main__":
    code = main()
    if code == STOPPED:
        os._exit(code)  # a library's call that goes on in a thread of its own would else be waited for
    sys.exit(code)
