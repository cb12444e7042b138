"""Where the files of other libraries stand, when they are there."""

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("WENLAN_TEST_DATA") or Path(__file__).parents[4].parent / "shared" / "data")
MARC = ROOT / "marc"

needs_samples = pytest.mark.skipif(not MARC.is_dir(), reason=f"no sample records under {MARC} (WENLAN_TEST_DATA)")


def sample_files() -> list[Path]:
    """Return every file of records, in a fixed order."""
    return sorted(one for one in MARC.rglob("*") if one.is_file() and one.suffix != ".json")
