"""Registrations without a line: the acts on a card that was handed out are found by its number."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("circulation", "0014_emptied_boxes")]

    operations = [
        migrations.AddField(
            model_name="journalline",
            name="card_key",
            field=models.CharField(blank=True, default="", max_length=80),
        ),
        migrations.AlterField(
            model_name="journalline",
            name="problem",
            field=models.CharField(
                blank=True,
                choices=[
                    ("already_lent", "The item stood as lent already"),
                    ("acted_since", "The item was lent or taken back elsewhere since"),
                    ("reader_blocked", "The card or the reader was stopped"),
                    ("item_blocked", "The item should not have been lent"),
                    ("item_unknown", "No item has this barcode"),
                    ("item_ambiguous", "Several items have this barcode"),
                    ("card_unknown", "Nobody has this card"),
                    ("not_renewable", "The loan could not be renewed"),
                    ("no_rule", "No lending rule holds there"),
                    ("gate_counts", "A gate counts the visits there"),
                    ("clock_off", "The time of the act is not sure"),
                    ("not_permitted", "Who did it may not lend there"),
                    ("waits", "Waits for an earlier act on the same item or card"),
                    ("card_taken", "The card belongs to another reader"),
                    ("already_reader", "This person is a reader already"),
                    ("category_closed", "Readers of this category are not registered there"),
                    ("consent_missing", "The guardian or the guardian's consent is missing"),
                    ("person_wrong", "The person cannot be registered as written down"),
                    ("unreadable", "The line cannot be read"),
                ],
                default="",
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="journalline",
            index=models.Index(
                condition=models.Q(("card_key", ""), _negated=True),
                fields=["device", "card_key", "id"],
                name="circulation_lines_of_a_card",
            ),
        ),
    ]
