"""From the arguments of a request to what is asked, and from a place in a list to a token and back. Pure."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from wenlan.protocols.oai_pmh.messages import Code, Refused, Request, Verb

_ARGUMENTS = {
    Verb.IDENTIFY: ((), ()),
    Verb.LIST_METADATA_FORMATS: ((), ("identifier",)),
    Verb.LIST_SETS: ((), ()),
    Verb.GET_RECORD: (("identifier", "metadataPrefix"), ()),
    Verb.LIST_IDENTIFIERS: (("metadataPrefix",), ("from", "until", "set")),
    Verb.LIST_RECORDS: (("metadataPrefix",), ("from", "until", "set")),
}
RESUMED = (Verb.LIST_SETS, Verb.LIST_IDENTIFIERS, Verb.LIST_RECORDS)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
MOST_ID = 1 << 62

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def parsed(arguments: Mapping[str, Sequence[str]]) -> Request:
    """Return what is asked. Raises Refused with the standard's code."""
    verb = _verb(arguments)
    stated = {name: values for name, values in arguments.items() if name != "verb"}
    for name, values in stated.items():
        if len(values) != 1:
            raise Refused(Code.BAD_ARGUMENT, f"The argument {name} is repeated.")
    said = {name: values[0] for name, values in stated.items()}
    if "resumptionToken" in said and verb in RESUMED:
        if len(said) > 1:
            raise Refused(Code.BAD_ARGUMENT, "resumptionToken is an exclusive argument.")
        return _resumed(verb, said["resumptionToken"])
    return _fresh(verb, said)


def _verb(arguments: Mapping[str, Sequence[str]]) -> Verb:
    stated = arguments.get("verb", ())
    if len(stated) != 1 or stated[0] not in tuple(Verb):
        raise Refused(Code.BAD_VERB, "The verb is missing, repeated, or not one of the six.")
    return Verb(stated[0])


def _fresh(verb: Verb, said: Mapping[str, str]) -> Request:
    required, optional = _ARGUMENTS[verb]
    if missing := [name for name in required if not said.get(name)]:
        raise Refused(Code.BAD_ARGUMENT, f"Missing: {', '.join(missing)}.")
    if strange := sorted(set(said) - {*required, *optional}):
        raise Refused(Code.BAD_ARGUMENT, f"{verb} does not take {', '.join(strange)[:200]}.")
    start, end = _span(said.get("from", ""), said.get("until", ""))
    return Request(
        verb=verb,
        prefix=said.get("metadataPrefix", ""),
        identifier=said.get("identifier", ""),
        set_code=said.get("set", ""),
        start=start,
        end=end,
    )


def _span(first: str, last: str) -> tuple[datetime | None, datetime | None]:
    """Return the half-open span of both datestamps, which stand for the whole second or day."""
    if first and last and len(first) != len(last):
        raise Refused(Code.BAD_ARGUMENT, "from and until differ in granularity.")
    start, _ = _datestamp(first) if first else (None, SECOND)
    until, grain = _datestamp(last) if last else (None, SECOND)
    try:
        end = until + grain if until else None
    except OverflowError:
        end = None
    if start and until and start > until:
        raise Refused(Code.BAD_ARGUMENT, "from is later than until.")
    return start, end


def _datestamp(stated: str) -> tuple[datetime, timedelta]:
    wrong = Refused(Code.BAD_ARGUMENT, "A datestamp is YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    is_instant = _INSTANT.fullmatch(stated) is not None
    if not is_instant and not _DAY.fullmatch(stated):
        raise wrong
    try:
        found = datetime.fromisoformat(stated[:-1] if is_instant else stated)
    except ValueError as error:
        raise wrong from error
    return found.replace(tzinfo=UTC), SECOND if is_instant else DAY


def token(request: Request) -> str:
    """Return where a list stands as a token: nothing is kept of it here, so it does not expire."""
    place = [
        request.verb.value,
        request.prefix,
        request.set_code,
        *(one.isoformat() if one else "" for one in (request.start, request.end, request.last_at)),
        request.last_id,
        request.last_set,
        request.cursor,
    ]
    whole = json.dumps(place, separators=(",", ":"), ensure_ascii=False).encode()
    return base64.urlsafe_b64encode(whole).rstrip(b"=").decode()


def _resumed(verb: Verb, stated: str) -> Request:
    wrong = Refused(Code.BAD_RESUMPTION_TOKEN, "The token was not given by this server for this verb.")
    try:
        whole = base64.b64decode(stated + "=" * (-len(stated) % 4), altchars=b"-_", validate=True)
        of, prefix, set_code, start, end, last_at, last_id, last_set, cursor = json.loads(whole)
        request = Request(
            verb=Verb(of),
            prefix=prefix,
            set_code=set_code,
            start=_instant(start),
            end=_instant(end),
            last_at=_instant(last_at),
            last_id=last_id,
            last_set=last_set,
            cursor=cursor,
            is_resumed=True,
        )
    except (binascii.Error, ValueError, TypeError, RecursionError) as error:
        raise wrong from error
    words = (prefix, set_code, last_set)
    counts = (last_id, cursor)
    if request.verb != verb or not all(isinstance(one, str) and "\0" not in one for one in words):
        raise wrong
    if not all(type(one) is int and 0 <= one < MOST_ID for one in counts):
        raise wrong
    if token(replace(request, is_resumed=False)) != stated or (verb != Verb.LIST_SETS and request.last_at is None):
        raise wrong
    return request


def _instant(stated: str) -> datetime | None:
    return datetime.fromisoformat(stated).astimezone(UTC) if stated else None
