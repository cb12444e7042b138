"""Whether a copy may stand for the lost one, as a pure function."""

from wenlan.circulation.compensating.types import Match, Work


def judge(lost: Work, given: Work) -> Match:
    """Return how the copy that is handed over relates to the lost one.

    The same record or ISBN is the same edition. The same title with a common author is another edition of the work,
    older when it came out before the lost one; of unknown years it counts as the same age.
    """
    if lost.record == given.record or lost.isbn & given.isbn:
        return Match.SAME
    if lost.title != given.title or not (lost.authors & given.authors or not lost.authors):
        return Match.OTHER
    if lost.year is not None and given.year is not None and given.year < lost.year:
        return Match.OLDER
    return Match.NEWER
