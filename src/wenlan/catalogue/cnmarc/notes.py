"""What is said about a record that was repaired, or about bytes that were none; translated where it is shown."""

from django.utils.translation import gettext_noop

TOO_SHORT = gettext_noop("too short for a leader and a field")
NO_END_MARK = gettext_noop("no end-of-record mark")
DIRECTORY_OPEN = gettext_noop("the directory has no end")
DIRECTORY_CROOKED = gettext_noop("the directory is not made of entries of twelve")
BASE_WRONG = gettext_noop("the base address was wrong")
NO_FIELDS = gettext_noop("no fields")
LAST_FIELD_OPEN = gettext_noop("the last field had no end mark")
CUT_OFF = gettext_noop("the record was cut off: the last fields are missing")
MARK_WITHIN = gettext_noop("an end mark stood within a field; it became a blank")
NO_MATCH = gettext_noop("the directory and the fields do not match")
LENGTHS_WRONG = gettext_noop("directory lengths were wrong; fields were taken by their end marks")
NO_TAG = gettext_noop("a field has no tag of three letters or digits")
XML_BROKEN = gettext_noop("the XML breaks off or is not well formed")
FILE_ENDS = gettext_noop("the file ends within the record")
LENGTH_WRONG = gettext_noop("the length in the leader was wrong")
CUT_OR_FOREIGN = gettext_noop("some characters were cut or of another encoding")
ENCODED_TWICE = gettext_noop("the characters were encoded twice in UTF-8; decoded twice")
GUESSED = gettext_noop("neither Unicode nor Chinese; read as Western European")
UNDECODABLE = gettext_noop("the bytes are not of the encoding that was told")
OTHER_WORK = gettext_noop("another work stands under the same control number; kept as a record of its own")
