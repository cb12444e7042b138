"""Schemes of call numbers by ranges of classes, and what they add to a number."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('holdings', '0012_ancient_works'),
    ]

    operations = [
        migrations.AddField(
            model_name='callnumberscheme',
            name='rules',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='callnumberscheme',
            name='lines',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='callnumberscheme',
            name='with_volume',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='callnumberscheme',
            name='with_year',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='callnumberscheme',
            name='with_copy',
            field=models.BooleanField(default=False),
        ),
    ]
