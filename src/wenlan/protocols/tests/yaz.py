"""The programs of Index Data's YAZ toolkit, which tests speak with."""

import shutil

import pytest


def program(name: str) -> str:
    """Return the path of a program of YAZ; the test is skipped, saying so, where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine (Debian: apt install yaz)")
    return found
