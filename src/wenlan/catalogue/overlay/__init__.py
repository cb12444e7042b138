"""Records taken over from elsewhere (套录): what of our own stays when theirs is laid over it."""

from wenlan.catalogue.overlay.merging import Laid, Line, LineKind, lay_over
from wenlan.catalogue.overlay.rules import Family, Keep, Rule, family_of, is_pattern

__all__ = ["Family", "Keep", "Laid", "Line", "LineKind", "Rule", "family_of", "is_pattern", "lay_over"]
