"""Tables of the catalogue: native records with the columns derived from them, and where they came from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenlan.catalogue.authorities.types import AuthorityKind, Relation
from wenlan.catalogue.brief.models import BriefRecord as BriefRecord
from wenlan.catalogue.pocket.models import PocketPart as PocketPart
from wenlan.catalogue.types import Audience, Condition, MarcFormat, Material, Settlement, UnplacedKind, VersionKind
from wenlan.kernel.ids import new_uid


class BibRecord(models.Model):
    """One bibliographic record: the native form, lossless, in `marc`; everything else follows from it.

    `title_key` is the folded title; `content_hash` covers leader and fields but not the numbers that
    depend on the encoding, so that the GBK and the UTF-8 copy of a record count as one. `marc`
    stands last: a list that leaves it out does not read its pages.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    node = models.ForeignKey(
        "network.Node",
        models.PROTECT,
        related_name="+",
        verbose_name=_("Catalogued at"),
    )
    control_number = models.CharField(max_length=64, blank=True, db_index=True)
    agency = models.CharField(max_length=64, blank=True)
    format = models.CharField(max_length=8, choices=MarcFormat)
    title_proper = models.CharField(max_length=500)
    title_key = models.CharField(max_length=200, db_index=True)
    other_title = models.CharField(max_length=1000, blank=True)
    parallel_title = models.CharField(max_length=1000, blank=True)
    volume = models.CharField(max_length=500, blank=True)
    other_titles = models.JSONField(default=list, blank=True)
    responsibility = models.CharField(max_length=1000, blank=True)
    authors = models.JSONField(default=list, blank=True)
    edition = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    publisher = models.CharField(max_length=500, blank=True)
    year_text = models.CharField(max_length=100, blank=True)
    year = models.SmallIntegerField(null=True, blank=True)
    isbn = models.JSONField(default=list, blank=True)
    issn = models.CharField(max_length=9, blank=True)
    class_number = models.CharField(max_length=100, blank=True)
    main_class = models.CharField(max_length=4, blank=True)
    language = models.CharField(max_length=3, blank=True)
    material = models.CharField(max_length=20, choices=Material, default=Material.BOOK)
    audience = models.CharField(max_length=12, choices=Audience, blank=True)
    extent = models.CharField(max_length=500, blank=True)
    series = models.CharField(max_length=1000, blank=True)
    subjects = models.JSONField(default=list, blank=True)
    summary = models.TextField(blank=True)
    price_fen = models.BigIntegerField(null=True, blank=True)
    price = models.CharField(max_length=100, blank=True)
    pinyin = models.CharField(max_length=1000, blank=True)
    initials = models.CharField(max_length=200, blank=True)
    popularity = models.IntegerField(default=0)
    content_hash = models.CharField(max_length=32, db_index=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    marc = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["agency", "control_number"], name="catalogue_record_by_source"),
            models.Index(fields=["updated_at", "id"], name="catalogue_record_by_change"),
        ]

    def __str__(self) -> str:
        return self.title_proper


class RecordNumber(models.Model):
    """A number that finds a record without the index: ISBN as thirteen digits, ISSN, other standard numbers."""

    record = models.ForeignKey(BibRecord, models.CASCADE, related_name="numbers")
    kind = models.CharField(max_length=8)
    number = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["number"], name="catalogue_number")]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind", "number"],
                name="catalogue_number_once_a_record",
            )
        ]

    def __str__(self) -> str:
        return self.number


class HeldRecord(models.Model):
    """Where a record is held and how often it is lent, as holdings last told: for the index, never for availability."""

    record = models.OneToOneField(BibRecord, models.CASCADE, primary_key=True, related_name="held")
    nodes = models.JSONField(default=list, blank=True)
    call_numbers = models.JSONField(default=list, blank=True)
    copies = models.PositiveIntegerField(default=0)
    loans = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.record_id}: {self.copies}"


class MarcImport(models.Model):
    """One run over one file: what was read and what became of it."""

    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)
    profile = models.CharField(max_length=40, blank=True)
    staff = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    is_complete = models.BooleanField(default=False)
    read = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    kept_aside = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"


class RecordSource(models.Model):
    """The bytes a record was made from, as they stood in the file, with what was repaired on the way in."""

    record = models.ForeignKey(BibRecord, models.CASCADE, related_name="sources")
    run = models.ForeignKey(MarcImport, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    encoding = models.CharField(max_length=20)
    notes = models.JSONField(default=list, blank=True)
    content_hash = models.CharField(max_length=32, blank=True, default="", db_index=True)
    raw = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.run_id}:{self.position}"


class Conversion(models.Model):
    """A record in the other format, as the crosswalk made it: source, target, mapping, its version, what was lost.

    One row a record and target format; converting again replaces it when the record or the mapping changed.
    """

    record = models.ForeignKey(BibRecord, models.CASCADE, related_name="conversions")
    source_format = models.CharField(max_length=8, choices=MarcFormat)
    target_format = models.CharField(max_length=8, choices=MarcFormat)
    mapping = models.CharField(max_length=40)
    mapping_version = models.CharField(max_length=20)
    at = models.DateTimeField()
    staff = models.BigIntegerField(null=True, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    source_hash = models.CharField(max_length=32)
    source = models.TextField()
    target = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["record", "target_format"], name="catalogue_conversion_once_a_format")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} -> {self.target_format}"


class RejectedRecord(models.Model):
    """Bytes of a file that could not be read as a record, kept until somebody mends them or sets them aside."""

    run = models.ForeignKey(MarcImport, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    offset = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    raw_hash = models.CharField(max_length=32, unique=True)
    raw = models.BinaryField()
    is_settled = models.BooleanField(default=False)
    settled_as = models.CharField(max_length=12, choices=Settlement, blank=True, default="")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True)
    settled_reason = models.CharField(max_length=200, blank=True, default="")
    record = models.ForeignKey(BibRecord, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["id"], name="catalogue_rejected_waiting", condition=models.Q(is_settled=False))]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.position}"


class UnplacedRecord(models.Model):
    """An authority, holdings or other record that came with a file: kept whole until its place is built."""

    run = models.ForeignKey(MarcImport, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=UnplacedKind)
    format = models.CharField(max_length=8, choices=MarcFormat)
    control_number = models.CharField(max_length=64, blank=True, db_index=True)
    heading = models.CharField(max_length=500, blank=True)
    content_hash = models.CharField(max_length=32, unique=True)
    encoding = models.CharField(max_length=20)
    marc = models.TextField()
    raw = models.BinaryField()

    def __str__(self) -> str:
        return self.heading or self.control_number


class RecordVersion(models.Model):
    """A native form that a record had from `at` on: the last version is the record as it stands.

    A record that was never changed has no version; the first change keeps the form before it too.
    """

    record = models.ForeignKey(BibRecord, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=VersionKind)
    at = models.DateTimeField()
    node = models.ForeignKey("network.Node", models.PROTECT, null=True, blank=True, related_name="+")
    staff = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    content_hash = models.CharField(max_length=32)
    marc = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "number"], name="catalogue_version_number_once")]

    def __str__(self) -> str:
        return f"{self.record_id}:{self.number}"


class RecordCondition(models.Model):
    """A record taken out of readers' sight, or deleted: the row stays, for its items, its history, and harvesters.

    A record without this row is an ordinary one.
    """

    record = models.OneToOneField(BibRecord, models.CASCADE, primary_key=True, related_name="condition")
    condition = models.CharField(max_length=8, choices=Condition)
    since = models.DateTimeField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    staff = models.BigIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=200)

    class Meta:
        indexes = [models.Index(fields=["since"], name="catalogue_condition_since")]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.condition}"


class Authority(models.Model):
    """One name or subject: the authority record whole in `marc`, the heading and its key derived from it.

    `number` is what records link to. One that was merged stays, so that its number still leads somewhere.
    """

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AuthorityKind)
    number = models.CharField(max_length=64)
    format = models.CharField(max_length=8, choices=MarcFormat)
    heading = models.CharField(max_length=500)
    heading_key = models.CharField(max_length=200, db_index=True)
    note = models.TextField(blank=True)
    content_hash = models.CharField(max_length=32)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    marc = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "format"], name="catalogue_authority_number_once")]

    def __str__(self) -> str:
        return self.heading


class AuthorityForm(models.Model):
    """A form of a name that finds its authority: heading, see, see also. `key` is folded, of names without dates."""

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="forms")
    relation = models.CharField(max_length=8, choices=Relation)
    text = models.CharField(max_length=500)
    key = models.CharField(max_length=200, db_index=True)
    number = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return self.text


class AuthorityLink(models.Model):
    """A record's field that carries an authority's number; without `authority` nobody knows the number yet."""

    record = models.ForeignKey(BibRecord, models.CASCADE, related_name="authority_links")
    tag = models.CharField(max_length=3)
    number = models.CharField(max_length=64, db_index=True)
    authority = models.ForeignKey(Authority, models.PROTECT, null=True, blank=True, related_name="links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "tag", "number"], name="catalogue_link_once_a_record")]

    def __str__(self) -> str:
        return f"{self.record_id}:{self.tag} {self.number}"


class AuthorityMerge(models.Model):
    """A merge with all that undoes it: the kept record as it was, and each field of a record before and after."""

    uid = models.UUIDField(unique=True, default=new_uid, editable=False)
    kept = models.ForeignKey(Authority, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Authority, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    staff = models.BigIntegerField(null=True, blank=True)
    kept_marc = models.TextField()
    kept_after = models.CharField(max_length=32)
    fields = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.gone_id} > {self.kept_id}"


class AuthorityMergePart(models.Model):
    """Some of the fields that a merge changed, as [record, before, after]; one row for each batch of records."""

    merge = models.ForeignKey(AuthorityMerge, models.CASCADE, related_name="parts")
    fields = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.merge_id)


class AuthorityRewrite(models.Model):
    """Records that follow a changed heading, a merge, or a merge taken back, batch by batch, up to `last_record`.

    `total` is how many records were linked when it began; `done` how many of them were looked at.
    """

    authority = models.ForeignKey(Authority, models.CASCADE, related_name="rewrites")
    merge = models.ForeignKey(AuthorityMerge, models.CASCADE, null=True, blank=True, related_name="+")
    is_undoing = models.BooleanField(default=False)
    at = models.DateTimeField()
    node = models.ForeignKey("network.Node", models.PROTECT, related_name="+")
    staff = models.BigIntegerField(null=True, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    last_record = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.authority_id}: {self.done}/{self.total}"


class OverlayRule(models.Model):
    """Fields of ours that a record taken over never writes over (see `overlay.rules.Rule`)."""

    family = models.CharField(max_length=8)
    tag = models.CharField(max_length=3)
    having = models.CharField(max_length=1, blank=True, default="")
    keep = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "tag", "having"], name="catalogue_one_overlay_rule_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.tag}{self.having} {self.keep}"


class TakenRecord(models.Model):
    """Where a record was taken over from, the bytes as they came, and which tags of ours were protected.

    When it came in another format: the mapping and its version, what it could not say, and what it made (`converted`).
    """

    record = models.ForeignKey(BibRecord, models.CASCADE, related_name="taken")
    origin = models.CharField(max_length=100)
    question = models.CharField(max_length=300, blank=True)
    is_overlay = models.BooleanField(default=False)
    at = models.DateTimeField()
    staff = models.BigIntegerField(null=True, blank=True)
    encoding = models.CharField(max_length=20)
    protected = models.JSONField(default=list, blank=True)
    mapping = models.CharField(max_length=40, blank=True, default="")
    mapping_version = models.CharField(max_length=20, blank=True, default="")
    warnings = models.JSONField(default=list, blank=True)
    converted = models.TextField(blank=True, default="")
    raw = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.record_id} < {self.origin}"
