"""Rules may leave fields to the next rule up, name an owner, and say more: limits, fixed days, reservations, floating."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def small(**more):
    """Return a small number that may be left open."""
    return models.PositiveSmallIntegerField(blank=True, null=True, **more)


def node():
    """Return a reference to a place that may be left open."""
    return models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.node"
    )


class Migration(migrations.Migration):
    dependencies = [("circulation", "0001_initial"), ("patrons", "0004_credit_and_sums")]
    operations = [
        migrations.RemoveConstraint("loanrule", "circulation_rule_lends_a_day"),
        migrations.AlterField("loanrule", "loan_days", small()),
        migrations.AlterField("loanrule", "renewals", small()),
        migrations.AlterField("loanrule", "renewal_days", small()),
        migrations.AlterField(
            "loanrule",
            "renew_from",
            models.CharField(
                blank=True,
                choices=[("due", "From the due date"), ("today", "From the day of renewal")],
                max_length=8,
                null=True,
            ),
        ),
        migrations.AlterField("loanrule", "floats", models.BooleanField(blank=True, null=True)),
        migrations.AddField("loanrule", "owner", node()),
        migrations.AddField("loanrule", "hub", node()),
        migrations.AddField("loanrule", "fixed_due_on", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "loanrule",
            "fixed_due",
            models.CharField(
                blank=True,
                choices=[
                    ("extends", "Due on that day at the earliest"),
                    ("cuts", "Due on that day at the latest"),
                ],
                max_length=8,
                null=True,
            ),
        ),
        migrations.AddField("loanrule", "loan_limit", small()),
        migrations.AddField("loanrule", "credit_floor", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("loanrule", "owed_limit_fen", models.PositiveBigIntegerField(blank=True, null=True)),
        migrations.AddField("loanrule", "hold_days", small()),
        migrations.AddField("loanrule", "reservations", small()),
        migrations.AddField("loanrule", "float_limit", small()),
        migrations.AddConstraint(
            "loanrule",
            models.CheckConstraint(
                condition=Q(loan_days=None) | Q(loan_days__gte=1), name="circulation_rule_lends_a_day"
            ),
        ),
        migrations.AddConstraint(
            "loanrule",
            models.CheckConstraint(
                condition=Q(fixed_due_on__isnull=True) ^ Q(fixed_due__isnull=False),
                name="circulation_rule_fixed_day_is_whole",
            ),
        ),
    ]
