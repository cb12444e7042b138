"""Asking the targets of a search, each in a thread of its own, so that a slow one holds nobody."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

from django.db import connection, transaction

from wenlan.protocols.copying import questions
from wenlan.protocols.copying.types import (
    Answer,
    AnswerState,
    CopyQuestion,
    Protocol,
    Syntax,
    TargetFacts,
    TargetFailed,
)
from wenlan.protocols.models import CopyAnswer, CopyHit
from wenlan.protocols.sru import client as sru
from wenlan.protocols.z3950 import client as z3950
from wenlan.protocols.z3950.messages import UNIMARC, USMARC

MOST_RECORDS = 20
_OBJECTS = {Syntax.CNMARC: UNIMARC, Syntax.UNIMARC: UNIMARC, Syntax.USMARC: USMARC}

log = logging.getLogger(__name__)


def ask(target: TargetFacts, question: CopyQuestion) -> Answer:
    """Return what one target answers. Raises TargetFailed."""
    if target.protocol == Protocol.SRU:
        where = sru.Target(
            host=target.host,
            port=target.port,
            path=target.path,
            is_encrypted=target.is_encrypted,
            user=target.user,
            password=target.password,
            seconds=target.seconds,
        )
        return sru.search(where, questions.cql(question), most=MOST_RECORDS)
    at = z3950.Target(
        host=target.host,
        port=target.port,
        databases=tuple(target.path.split("+")),
        syntax=_OBJECTS.get(Syntax(target.syntax), USMARC),
        user=target.user,
        password=target.password,
        seconds=target.seconds,
    )
    return z3950.search(at, questions.rpn(question, target.encoding), most=MOST_RECORDS)


def start(asked: Sequence[tuple[int, TargetFacts]], question: CopyQuestion) -> list[threading.Thread]:
    """Ask all of these at once; each answer is written, under its id, when it comes."""
    threads = [
        threading.Thread(target=_ask_and_write, args=(answer, target, question), daemon=True)
        for answer, target in asked
    ]
    for one in threads:
        one.start()
    return threads


def _ask_and_write(answer: int, target: TargetFacts, question: CopyQuestion) -> None:
    """Ask one target and write what came of it, in a connection that ends with the thread."""
    try:
        try:
            found = ask(target, question)
        except TargetFailed as failed:
            write_failure(answer, failed.code, failed.details)
        else:
            write_answer(answer, found)
    except Exception:  # the outermost edge: of this thread; the page says that this target gave nothing
        log.exception("the target %s could not be asked", target.name)
        write_failure(answer, TargetFailed.BUG, "")
    finally:
        connection.close()


@transaction.atomic
def write_answer(answer: int, found: Answer) -> None:
    """Write what a target answered, its records with it; a search that is gone meanwhile is left alone."""
    total, note = max(0, min(found.total, 1 << 30)), found.note.replace("\0", "")[:300]
    values = {"state": AnswerState.ANSWERED, "total": total, "details": note}
    if CopyAnswer.objects.filter(pk=answer).update(**values):
        CopyHit.objects.bulk_create(
            CopyHit(answer_id=answer, position=position, raw=raw)
            for position, raw in enumerate(found.records[:MOST_RECORDS], start=1)
        )


def write_failure(answer: int, reason: str, details: str) -> None:
    """Write why a target gave no answer."""
    values = {"state": AnswerState.FAILED, "reason": reason, "details": details.replace("\0", "")[:300]}
    CopyAnswer.objects.filter(pk=answer).update(**values)
