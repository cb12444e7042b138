"""Profiles, one file each: how the records of a source system say which copies there are."""

from wenlan.holdings.profiles.declared import Profile, all_profiles, profile, profile_codes
from wenlan.holdings.profiles.reading import CopyLine, CopyLines, copy_lines, said_copies

__all__ = [
    "CopyLine",
    "CopyLines",
    "Profile",
    "all_profiles",
    "copy_lines",
    "profile",
    "profile_codes",
    "said_copies",
]
