"""What a harvester asks, and what can be wrong with it (OAI-PMH 2.0)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verb(StrEnum):
    """The six requests (section 4)."""

    IDENTIFY = "Identify"
    LIST_METADATA_FORMATS = "ListMetadataFormats"
    LIST_SETS = "ListSets"
    GET_RECORD = "GetRecord"
    LIST_IDENTIFIERS = "ListIdentifiers"
    LIST_RECORDS = "ListRecords"


class Code(StrEnum):
    """The error codes (section 3.6)."""

    BAD_ARGUMENT = "badArgument"
    BAD_RESUMPTION_TOKEN = "badResumptionToken"
    BAD_VERB = "badVerb"
    CANNOT_DISSEMINATE_FORMAT = "cannotDisseminateFormat"
    ID_DOES_NOT_EXIST = "idDoesNotExist"
    NO_RECORDS_MATCH = "noRecordsMatch"


class Refused(Exception):
    """The request is answered by an error of the standard; the text is for people."""

    def __init__(self, code: Code, text: str) -> None:
        super().__init__(text)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request that keeps to the standard.

    `start` and `end` span the datestamps, half-open and in UTC. After the first page `last_at` and `last_id`
    say where the list stands and `cursor` how much was given before; `last_set` does it for the list of sets.
    """

    verb: Verb
    prefix: str = ""
    identifier: str = ""
    set_code: str = ""
    start: datetime | None = None
    end: datetime | None = None
    last_at: datetime | None = None
    last_id: int = 0
    last_set: str = ""
    cursor: int = 0
    is_resumed: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """A record as a list of changes has it; `is_gone`: readers do not see it any more."""

    id: int
    uid: str
    changed_at: datetime
    is_gone: bool = False
