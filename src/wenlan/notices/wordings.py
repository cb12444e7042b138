"""What notices say: the shipped wordings, those a place made its own, and a notice put into words."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from wenlan.kernel.words import say
from wenlan.notices import policies
from wenlan.notices.models import OwnWording
from wenlan.notices.types import Wording


@cache
def shipped() -> dict[str, Wording]:
    """Return the wordings that come with Wenlan, by code."""
    declared = tomllib.loads(files("wenlan.notices").joinpath("wordings.toml").read_text("utf-8"))
    return {code: Wording(code=code, **facts) for code, facts in declared.items()}


def wording(code: str, way_up: tuple[int, ...]) -> Wording:
    """Return a wording as the nearest place on the way up says it. Raises KeyError for a code that is not shipped."""
    said = shipped()[code]
    own = {row.node_id: row for row in OwnWording.objects.filter(code=code, node__in=way_up)}
    nearest = next((own[node] for node in way_up if node in own), None)
    return said if nearest is None else with_words(said, nearest.title, nearest.text)


def with_words(said: Wording, title: Mapping[str, str], text: Mapping[str, str]) -> Wording:
    """Return a wording with other words; a language that is left empty keeps the shipped ones."""
    return Wording(
        code=said.code,
        name=said.name,
        title={**said.title, **{tag: words for tag, words in title.items() if words}},
        text={**said.text, **{tag: words for tag, words in text.items() if words}},
        facts=said.facts,
        presses=said.presses,
        prints=said.prints,
        keeps=said.keeps,
        hours=said.hours,
    )


def put_into_words(said: Wording, facts: Mapping[str, Any], *, language: str) -> tuple[str, str]:
    """Return title and text of a notice in a language."""
    spoken = policies.spoken(facts, language=language)
    title = policies.filled(say(said.title, language), spoken)
    return title or say(said.name, language), policies.filled(say(said.text, language), spoken)
