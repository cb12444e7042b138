"""Runs the `wenlan` command: `python -m wenlan`."""

import sys

from wenlan.config.commands import main

if __name__ == "__main__":
    sys.exit(main())
