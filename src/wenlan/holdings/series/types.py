"""What a series of barcodes is."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """Barcodes from `first` to `last`: the prefix and a number of so many digits; `used` of them are on items."""

    id: int
    node: int
    prefix: str
    digits: int
    scope: str
    first: int
    last: int
    made_at: datetime
    made_by: str
    note: str
    used: int = 0

    @property
    def size(self) -> int:
        """How many barcodes it has."""
        return self.last - self.first + 1

    @property
    def free(self) -> int:
        """How many are on no item."""
        return self.size - self.used

    @property
    def first_barcode(self) -> str:
        """The barcode it begins with."""
        return self.barcode(self.first)

    @property
    def last_barcode(self) -> str:
        """The barcode it ends with."""
        return self.barcode(self.last)

    def barcode(self, number: int) -> str:
        """Return the barcode of a number."""
        return f"{self.prefix}{number:0{self.digits}d}"
