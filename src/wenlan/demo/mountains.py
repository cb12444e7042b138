"""A day of the book bus without a line: its acts come in the evening as a journal, some for a person to decide."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from wenlan.circulation.journals import operations as journals
from wenlan.circulation.journals.types import LineState
from wenlan.demo import collections
from wenlan.demo.guests import card
from wenlan.demo.lending import Deed, DeskAct
from wenlan.demo.people import card_number
from wenlan.demo.stage import BUS_POOL, Stage
from wenlan.demo.stock import barcode

DEVICE, OFFSET = "BUS-CZ0001", timedelta(milliseconds=1500)
BACK = 18 * 3600
NOBODYS_CARD = "CZ9999001"
ACTS = {Deed.LEND: "checkout", Deed.RETURN: "checkin"}


@dataclass
class Journal:
    """What the bus does on the day on which it has no line."""

    stage: Stage
    kept: list[DeskAct] = field(default_factory=list)

    def takes(self, day: date, act: DeskAct) -> bool:
        """Keep an act that the bus does without a line; return whether it was one."""
        is_kept = day == self.stage.last(2) and act.place == BUS_POOL and act.deed in ACTS
        if is_kept:
            self.kept.append(act)
        return is_kept

    def send(self, day: date) -> Sequence[DeskAct]:
        """Send what was kept, when there is a line again; return the loans that could not be recorded."""
        kept, self.kept = self.kept, []
        if day != self.stage.last(2):
            return ()
        lines = [self._line(day, act.second, ACTS[act.deed], barcode(act.item), act) for act in kept]
        act = self.stage.act(day, BACK, f"journal:{day}", by="bus", place=BUS_POOL)
        rows = journals.replay(act, device=DEVICE, lines=[*lines, *self._conflicts(day)])
        return [
            act
            for act, row in zip(kept, rows, strict=False)
            if act.deed is Deed.LEND and waits(row.state, row.is_recorded)
        ]

    def _conflicts(self, day: date) -> list[str]:
        """Return a loan to a card that nobody has, and one of a book that stands as lent to somebody else."""
        claimed, wished = collections.barcodes("lost")[2], collections.barcodes("branch")[20]
        return [
            self._line(day, 55_000, "checkout", wished, reader=NOBODYS_CARD),
            self._line(day, 55_060, "checkout", claimed, reader=card(1)),
        ]

    def _line(self, day: date, second: int, what: str, item: str, act: DeskAct | None = None, reader: str = "") -> str:
        at = self.stage.at(day, second) - OFFSET
        told = {
            "uuid": str(uuid5(NAMESPACE_URL, f"demo:{day}:{second}:{what}:{item}")),
            "act": what,
            "at": written(at),
            "offset": int(OFFSET.total_seconds() * 1000),
            "node": self.stage.places["bus"]["code"],
            "by": "bus",
            "item": item,
        }
        if what == "checkout":
            told["card"] = reader or card_number(act.reader if act else 0)
        return json.dumps(told)


def waits(state: str, is_recorded: bool) -> bool:
    """Return whether a line is no loan yet."""
    return state == LineState.WAITING and not is_recorded


def written(at: datetime) -> str:
    """Return an instant as a device writes it."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03d}Z"
