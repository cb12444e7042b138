"""Records of one format in the other: two mappings kept as data, and what they cannot say kept in field 886."""

from wenlan.catalogue.crosswalk.converting import Converted, convert
from wenlan.catalogue.crosswalk.mapping import Mapping, mapping_to

__all__ = ["Converted", "Mapping", "convert", "mapping_to"]
