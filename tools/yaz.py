"""Index Data's YAZ: the test target and the client that tests of Z39.50 and SRU speak with."""

import shutil

from tools.console import banner, install_system_packages

PROGRAMS = ("yaz-ztest", "zoomsh")


def find_yaz() -> bool:
    """Whether both programs are on this machine."""
    return all(shutil.which(name) for name in PROGRAMS)


def provide_yaz() -> bool:
    """Return whether YAZ is there, installing Debian's package first where we may; says loudly when it is not."""
    if find_yaz() or (install_system_packages("yaz") and find_yaz()):
        return True
    banner("YAZ is not installed (Debian: apt install yaz):", "tests that speak with yaz-ztest and zoomsh are skipped")
    return False
