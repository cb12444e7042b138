"""Schemes of call numbers, kept running numbers, and the place of each item on its shelf."""

import django.db.models.deletion
from django.db import migrations, models


from wenlan.holdings.call_numbers.policies import sort_key

CHUNK = 2000


def place_on_the_shelf(apps, schema_editor):
    """Give the items that are there their place on the shelf."""
    items = apps.get_model("holdings", "Item").objects.exclude(call_number="").only("id", "call_number")
    after = 0
    while rows := list(items.filter(id__gt=after).order_by("id")[:CHUNK]):
        for row in rows:
            row.call_key = sort_key(row.call_number)
        items.bulk_update(rows, ["call_key"], batch_size=500)
        after = rows[-1].id


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0003_states'),
        ('network', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CallNumberScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('names', models.JSONField()),
                ('book_numbers', models.CharField(choices=[('running', 'Running number in the class'), ('author', 'Author number from a table'), ('hand', 'Given by hand')], default='running', max_length=12)),
                ('author_table', models.CharField(blank=True, default='', max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='KeptNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scheme', models.CharField(blank=True, default='', max_length=20)),
                ('class_number', models.CharField(max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('reserved', 'Reserved'), ('free', 'Free again'), ('used', 'Used')], max_length=10)),
                ('changed_at', models.DateTimeField()),
                ('operator', models.CharField(blank=True, default='', max_length=60)),
                ('note', models.CharField(blank=True, default='', max_length=100)),
                ('key', models.CharField(max_length=120)),
            ],
        ),
        migrations.AddField(
            model_name='item',
            name='call_key',
            field=models.CharField(blank=True, default='', editable=False, max_length=240),
        ),
        migrations.AddIndex(
            model_name='item',
            index=models.Index(fields=['shelved_at', 'call_key'], name='holdings_by_shelf'),
        ),
        migrations.AddField(
            model_name='callnumberscheme',
            name='node',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='network.node'),
        ),
        migrations.AddField(
            model_name='keptnumber',
            name='record',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.bibrecord'),
        ),
        migrations.AddConstraint(
            model_name='keptnumber',
            constraint=models.UniqueConstraint(fields=('scheme', 'class_number', 'number'), name='holdings_number_once'),
        ),
        migrations.AddConstraint(
            model_name='keptnumber',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'free'), _negated=True), ('record__isnull', True), _connector='OR'), name='holdings_free_number_is_nobodys'),
        ),
        migrations.RunPython(place_on_the_shelf, migrations.RunPython.noop),
    ]
