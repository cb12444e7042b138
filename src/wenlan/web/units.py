"""How a unit is printed beside a measure's name."""


def unit_beside(name: str, unit: str) -> str:
    """Return the unit to print; nothing where the name ends with it, as in 借出册次."""
    return "" if name.lower().endswith(unit.lower()) else unit
