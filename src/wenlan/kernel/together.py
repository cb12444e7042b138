"""Several acts that wait already, in one transaction: they share one write to the disk."""

import logging
from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connection, transaction

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class NotTogether(Exception):
    """An act left the shared transaction unfit to be kept."""


def in_one_transaction(acts: Sequence[Callable[[], Answer]]) -> list[Answer] | None:
    """Do the acts in their order and return their answers, all on the disk.

    None when one of them failed in an unforeseen way: then nothing of any is kept, and each has to be done alone.
    """
    try:
        with transaction.atomic():
            answers = [act() for act in acts]
            if connection.needs_rollback:  # an act caught its failure itself, and the transaction would go silently
                raise NotTogether
    except Exception:  # the outermost edge: whose fault it was is found, and told, when each is done alone
        log.info("%d acts are done one by one", len(acts), exc_info=True)
        return None
    return answers
