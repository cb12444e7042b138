"""Authorities of the demonstration: a few well-known names, with the other forms they are seen from."""

from collections.abc import Mapping
from uuid import UUID

from wenlan.catalogue.authorities import operations as authorities
from wenlan.catalogue.authorities.types import AuthorityKind
from wenlan.catalogue.editing.lines import by_lines
from wenlan.demo.models import Demo
from wenlan.demo.plan import read_table
from wenlan.demo.stage import Stage
from wenlan.demo.works import control_number, works


def build_headings(stage: Stage, demo: Demo) -> None:
    """Found the names, link their works, and let those refer to each other that belong together."""
    founded: dict[str, UUID] = {}
    rows = read_table("authorities.toml")["name"]
    for row in rows:
        act = stage.taken_over(f"authority:{row['name']}", by="cataloguer")
        founded[row["name"]] = authorities.found_authority(
            act,
            kind=AuthorityKind.PERSON,
            subfields=(("a", row["name"]), ("f", row["dates"])),
            see=row["see"],
        ).uid
        authorities.link_records(act, authority=founded[row["name"]], records=records_by(row["name"]))
    relate(stage, founded, {row["name"]: row["see_also"] for row in rows if "see_also" in row})


def relate(stage: Stage, founded: Mapping[str, UUID], also: Mapping[str, str]) -> None:
    """Let names refer to each other."""
    for name, other in also.items():
        act = stage.taken_over(f"see-also:{name}", by="cataloguer")
        authorities.relate(act, authority=founded[name], other=founded[other])


def records_by(name: str) -> list[int]:
    """Return the ids of the real works somebody had a part in."""
    numbers = [
        control_number(at) for at, work in enumerate(works()) if any(author == name for author, _role in work.authors)
    ]
    return [record.id for record in by_lines("\n".join(numbers))[0]]
