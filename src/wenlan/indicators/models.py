"""Sums of the ledger, kept for speed. They can be thrown away and rebuilt; nothing else may write them."""

from django.db import models


class Sum(models.Model):
    """What every cube has. `grain` is d for a day; m for a month, then `day` is its first.

    `quantity` is the net sum, `acts` the net number of acts, `estimated` the part of the quantity that was estimated.
    """

    kind = models.CharField(max_length=40)
    grain = models.CharField(max_length=1)
    day = models.DateField()
    node = models.IntegerField()
    channel = models.CharField(max_length=12)
    loan_kind = models.CharField(max_length=12)
    quantity = models.BigIntegerField()
    acts = models.BigIntegerField()
    estimated = models.BigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.day} {self.node}: {self.quantity}"


class PlaceSum(Sum):
    """By department, channel and subject."""

    pk = models.CompositePrimaryKey("kind", "grain", "day", "node", "department", "channel", "subject", "loan_kind")
    department = models.IntegerField()
    subject = models.CharField(max_length=80)


class LanguageSum(Sum):
    """By language and material."""

    pk = models.CompositePrimaryKey("kind", "grain", "day", "node", "language", "material", "channel", "loan_kind")
    language = models.CharField(max_length=3)
    material = models.CharField(max_length=20)


class ReaderSum(Sum):
    """By the reader's category and sex, and by special group."""

    pk = models.CompositePrimaryKey(
        "kind", "grain", "day", "node", "category", "sex", "special_group", "channel", "loan_kind"
    )
    category = models.CharField(max_length=40)
    sex = models.CharField(max_length=1)
    special_group = models.CharField(max_length=20)


class AgeSum(Sum):
    """By the reader's age in completed years; measures declare the bands."""

    pk = models.CompositePrimaryKey("kind", "grain", "day", "node", "age", "channel", "loan_kind")
    age = models.SmallIntegerField()


class ExchangeSum(Sum):
    """By the item's owner and the reader's home: who lends to whom."""

    pk = models.CompositePrimaryKey("kind", "grain", "day", "node", "owner_node", "home_node", "channel", "loan_kind")
    owner_node = models.IntegerField()
    home_node = models.IntegerField()


class ItemSum(Sum):
    """By material, class and audience."""

    pk = models.CompositePrimaryKey(
        "kind", "grain", "day", "node", "material", "main_class", "audience", "channel", "loan_kind"
    )
    material = models.CharField(max_length=20)
    main_class = models.CharField(max_length=4)
    audience = models.CharField(max_length=12)


class WorkSum(Sum):
    """By operator: the workload of staff and devices. Shown only inside the subtree."""

    pk = models.CompositePrimaryKey("kind", "grain", "day", "node", "operator", "department", "channel", "loan_kind")
    operator = models.CharField(max_length=64)
    department = models.IntegerField()


class PersonSum(Sum):
    """Acts of one token at one place on one day, to count different persons; daily only."""

    pk = models.CompositePrimaryKey(
        "kind", "grain", "day", "node", "token", "department", "channel", "loan_kind", "category", "sex", "age"
    )
    token = models.BigIntegerField()
    department = models.IntegerField()
    category = models.CharField(max_length=40)
    sex = models.CharField(max_length=1)
    age = models.SmallIntegerField()
