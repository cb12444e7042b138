import json
from datetime import date

import pytest

from wenlan.config.commands import parser
from wenlan.indicators import operations
from wenlan.indicators.models import PlaceSum
from wenlan.indicators.testing import make_tree
from wenlan.ledger import operations as ledger
from wenlan.ledger.kinds import Kind
from wenlan.ledger.testing import make_act
from wenlan.ledger.types import MeasureView

pytestmark = pytest.mark.django_db


def run(*arguments):
    options = parser().parse_args(arguments)
    return options.command.run(options)


@pytest.fixture
def tree():
    tree = make_tree()
    ledger.declare_measure(
        MeasureView(code="gate", words={"zh": "到馆", "en": "Gate"}, kinds=("visit.counted",), origin="browser")
    )
    ledger.record(make_act(date(2019, 3, 4), node=tree["EAST"]), Kind.VISIT_COUNTED, quantity=1214, source="sum:1")
    operations.fold_all()
    return tree


def test_figures_prints_a_measure_by_branch(tree, capsys):
    arguments = ("figures", "--from", "2019-01-01", "--to", "2020-01-01", "--measure", "gate", "--by", "branch")

    assert run(*arguments, "--json") == 0

    (answer,) = json.loads(capsys.readouterr().out)
    assert (answer["measure"], answer["value"], answer["cells"]) == ("gate", 1214, [{"keys": ["EAST"], "value": 1214}])
    assert run(*arguments) == 0
    assert "1,214" in capsys.readouterr().out


def test_verify_is_clean_then_names_the_rows(tree, capsys):
    assert run("verify") == 0

    PlaceSum.objects.filter(grain="d").update(quantity=1)

    assert run("verify", "--json") == 1
    found = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert [
        difference["rows"] for difference in found if difference["expected"] == 1214 and "day=" in difference["place"]
    ] == [["sum:1"]]
    assert run("verify") == 1
    assert "wenlan rebuild cubes" in capsys.readouterr().out


def test_rebuild_makes_the_sums_again(tree, capsys):
    PlaceSum.objects.all().delete()

    assert run("rebuild", "cubes") == 0

    assert PlaceSum.objects.get(grain="d").quantity == 1214
