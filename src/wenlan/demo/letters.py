"""What readers are told: composed on the day it happened, sent in the last weeks by a carrier that leads nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from wenlan.credit import reminding
from wenlan.demo.stage import Deed, Stage
from wenlan.holdings.deposits import operations as deposits
from wenlan.network import queries as network
from wenlan.notices import operations as notices
from wenlan.notices import sending
from wenlan.notices.types import Carrier, Letter, Means, NewSender, Receipt, Standing
from wenlan.web.reminding import due_loans

DAYS = 12  # since when letters go out, in open days before the end of the year
AHEAD = 3  # days before the due date, as the rule of credit says
REMINDED, COMPOSED, SENT, OFF = 9 * 3600, 18 * 3600 + 1800, 18 * 3600 + 2400, 22 * 3600
HOST = "mail.example.invalid"  # a name that no server has
FULL = "reader7@example.invalid"


@dataclass(frozen=True, slots=True)
class Pigeon:
    """A carrier of a demonstration: letters arrive at once, but those to a full mailbox; none leaves the house."""

    def send(self, letter: Letter) -> Receipt:
        """Answer as a mail server would."""
        if letter.to == FULL:
            return Receipt(standing=Standing.FAILED, details="552 mailbox full")
        return Receipt(standing=Standing.ARRIVED, number=letter.key)


def reach(_sender: object) -> Carrier:
    """Return the only carrier there is."""
    return Pigeon()


def deeds(stage: Stage) -> Iterator[tuple[date, Deed]]:
    """Yield the days on which letters go out; on the last of them the way out is shut again."""
    yield stage.last(DAYS), partial(set_up, stage, is_on=True)
    for which in range(DAYS, 0, -1):
        yield stage.last(which), partial(remind, stage)
        yield stage.last(which), partial(send, stage)
    yield stage.last(), partial(set_up, stage, is_on=False)


def set_up(stage: Stage, day: date, *, is_on: bool) -> None:
    """Set up the mail server, or switch it off: once the year is over, nothing of a demonstration goes anywhere."""
    sender = NewSender(
        node=network.root().id,
        means=Means.EMAIL,
        name="示例邮件服务器",
        host=HOST,
        signature="library@example.invalid",
        is_on=is_on,
    )
    notices.set_sender(
        stage.act(day, OFF if not is_on else REMINDED - 60, f"sender:{is_on}", by="system"), sender=sender
    )


def remind(stage: Stage, day: date) -> None:
    """Tell readers what falls due and what is overdue, and institutions what they have to give back."""
    act = stage.act(day, REMINDED, f"remind:{day}", by="system", place="CZ")
    for loans in due_loans(network.subtree(act.node, day), on=day, ahead=AHEAD):
        reminding.send(act, loans=loans)
    deposits.remind(act.at)


def compose(stage: Stage, day: date) -> None:
    """Make notices of what happened since they were made last."""
    at = stage.at(day, COMPOSED)
    while notices.take_in(at):
        pass


def send(stage: Stage, day: date) -> None:
    """Send what is due."""
    compose(stage, day)
    sending.send_due(stage.at(day, SENT), reach)
