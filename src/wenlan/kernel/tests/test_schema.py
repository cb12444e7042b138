"""What a migration may do to a table that others read through a view."""

import pytest
from django.apps.registry import Apps
from django.db import connection, models

pytestmark = pytest.mark.django_db(transaction=True)


class Leaf(models.Model):
    number = models.IntegerField()

    class Meta:
        app_label = "kernel"
        apps = Apps()


def test_a_table_is_remade_under_the_view_that_reads_it():
    added = models.IntegerField(default=7)
    added.set_attributes_from_name("added")
    with connection.schema_editor() as editor:
        editor.create_model(Leaf)
        editor.execute("CREATE VIEW kernel_leaf_facts AS SELECT number FROM kernel_leaf")
        editor.execute("INSERT INTO kernel_leaf (number) VALUES (3)")
    try:
        with connection.schema_editor() as editor:
            editor.add_field(Leaf, added)
        with connection.cursor() as cursor:
            cursor.execute("SELECT number FROM kernel_leaf_facts")
            assert cursor.fetchall() == [(3,)]
            cursor.execute("SELECT added FROM kernel_leaf")
            assert cursor.fetchall() == [(7,)]
    finally:
        with connection.schema_editor() as editor:
            editor.execute("DROP VIEW kernel_leaf_facts")
            editor.delete_model(Leaf)
