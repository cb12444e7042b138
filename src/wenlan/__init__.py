"""Wenlan: an open platform for a Chinese public-library network."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("wenlan")
except PackageNotFoundError:  # run from a folder that was never installed
    __version__ = "0"
