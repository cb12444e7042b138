"""The registers of the stock: their lines, locked months, corrections; what is there gets its entry."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


def give_entries(apps, schema_editor):
    """Give the volumes that are there a line of the batch register: one a day for what came, one for what left."""
    Item, BookEntry = (apps.get_model("holdings", name) for name in ("Item", "BookEntry"))
    Counter = apps.get_model("jobs", "Counter")
    for direction, column, entry in (("in", "accessioned_on", "entered_in"), ("out", "withdrawn_on", "left_in")):
        rows = Item.objects.exclude(**{column: None})
        for owner, day in rows.order_by("owner_node", column).values_list("owner_node", column).distinct():
            counter, _made = Counter.objects.get_or_create(scheme=f"book_entry:{direction}:{day.year}", key=str(owner))
            counter.value += 1
            counter.save()
            made = BookEntry.objects.create(
                owner_node_id=owner, direction=direction, year=day.year, number=counter.value, day=day,
                key=f"{owner}:{direction}:{day}:before",
            )
            rows.filter(**{"owner_node": owner, column: day}).update(**{entry: made})
    if schema_editor.connection.vendor == "postgresql":  # indexes follow, and a table with checks still to come gets none
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('jobs', '0001_initial'),
        ('holdings', '0005_batches_and_handovers'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BookEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('in', 'In'), ('out', 'Out')], max_length=4)),
                ('year', models.PositiveSmallIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('day', models.DateField()),
                ('way', models.CharField(blank=True, default='', max_length=20)),
                ('voucher', models.CharField(blank=True, default='', max_length=60)),
                ('source', models.CharField(blank=True, default='', max_length=100)),
                ('paid_sum_fen', models.PositiveBigIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, default='', max_length=200)),
                ('key', models.CharField(max_length=160, unique=True)),
                ('owner_node', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='entered_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.bookentry'),
        ),
        migrations.AddField(
            model_name='item',
            name='left_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.bookentry'),
        ),
        migrations.CreateModel(
            name='LockedMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('locked_at', models.DateTimeField()),
                ('locked_by', models.CharField(blank=True, default='', max_length=60)),
                ('opening_units', models.BigIntegerField()),
                ('opening_fen', models.BigIntegerField()),
                ('units_in', models.BigIntegerField()),
                ('fen_in', models.BigIntegerField()),
                ('units_out', models.BigIntegerField()),
                ('fen_out', models.BigIntegerField()),
                ('fen_corrected', models.BigIntegerField()),
                ('closing_units', models.BigIntegerField()),
                ('closing_fen', models.BigIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('owner_node', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.CreateModel(
            name='LockedLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('in', 'In'), ('out', 'Out')], max_length=4)),
                ('day', models.DateField()),
                ('accession_number', models.CharField(max_length=40)),
                ('record_number', models.BigIntegerField()),
                ('main_class', models.CharField(blank=True, default='', max_length=4)),
                ('material', models.CharField(max_length=20)),
                ('price_fen', models.BigIntegerField()),
                ('said', models.JSONField()),
                ('entry', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.bookentry')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('month', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='holdings.lockedmonth')),
            ],
        ),
        migrations.CreateModel(
            name='PriceCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('before_fen', models.BigIntegerField()),
                ('after_fen', models.BigIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('operator', models.CharField(blank=True, default='', max_length=60)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='holdings.item')),
                ('owner_node', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node')),
            ],
        ),
        migrations.AddIndex(
            model_name='bookentry',
            index=models.Index(fields=['owner_node', 'day'], name='holdings_entries_by_day'),
        ),
        migrations.AddConstraint(
            model_name='bookentry',
            constraint=models.UniqueConstraint(fields=('owner_node', 'direction', 'year', 'number'), name='holdings_entry_number_once'),
        ),
        migrations.AddConstraint(
            model_name='lockedmonth',
            constraint=models.UniqueConstraint(fields=('owner_node', 'month'), name='holdings_month_locked_once'),
        ),
        migrations.AddConstraint(
            model_name='lockedmonth',
            constraint=models.CheckConstraint(condition=models.Q(('closing_fen', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('opening_fen'), '+', models.F('fen_in')), '-', models.F('fen_out')), '+', models.F('fen_corrected'))), ('closing_units', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('opening_units'), '+', models.F('units_in')), '-', models.F('units_out')))), name='holdings_month_balances'),
        ),
        migrations.AddConstraint(
            model_name='lockedline',
            constraint=models.UniqueConstraint(fields=('month', 'item', 'direction'), name='holdings_line_once_a_month'),
        ),
        migrations.AddIndex(
            model_name='pricecorrection',
            index=models.Index(fields=['owner_node', 'day'], name='holdings_corrections_by_day'),
        ),
        migrations.AddConstraint(
            model_name='pricecorrection',
            constraint=models.CheckConstraint(condition=models.Q(('before_fen', models.F('after_fen')), _negated=True), name='holdings_correction_corrects'),
        ),
        migrations.RunPython(give_entries, migrations.RunPython.noop),
    ]
