"""Words in two languages, as data rows carry them: JSON by language tag."""

from collections.abc import Mapping

from django.utils.translation import get_language


def say(words: Mapping[str, str], language: str | None = None) -> str:
    """Return the words in `language` (default: the one being spoken), else Chinese, else any, else ''.

    Keys are `zh` and `en`; a longer tag (`zh-hans`) finds its first part.
    """
    tag = (language or get_language() or "zh").split("-")[0].lower()
    return words.get(tag) or words.get("zh") or next(iter(words.values()), "")
