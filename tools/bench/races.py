"""Two desks after the same thing, many times: `python -m tools.bench.races TRIES` on an installation filled by `stage`.

Half of the tries are for the last place under a reader's limit, half for the last copy; after each both desks take
the item back. Prints how many went wrong (lent or returned twice, or by nobody) and what `verify` finds afterwards.
"""

import json
import os
import sys

import django


def race(tries: int) -> dict[str, int]:
    """Race and compare."""
    from wenlan.circulation import racing
    from wenlan.circulation.testing import card_of, make_act, scan
    from wenlan.circulation.verification import differences
    from wenlan.holdings.testing import make_item
    from wenlan.network import queries as network
    from wenlan.patrons.testing import make_category, make_patron
    from wenlan.ui import clock

    place = network.root().id
    make_category("racer", loan_limit=1)
    last_place = card_of(make_patron(node=place, category="racer"))
    cards = card_of(make_patron(node=place)), card_of(make_patron(node=place))
    copy = scan(make_item(node=place))
    stages = [
        racing.Stage(cards=(last_place, last_place), items=(scan(make_item(node=place)), scan(make_item(node=place)))),
        racing.Stage(cards=cards, items=(copy, copy)),
    ]
    outcome = racing.race(stages, tries=tries, act_of=lambda key: make_act(place, clock.today(), key=key))
    return {"wrong": 2 * tries - outcome.lent_once - outcome.returned_once, "differences": len(differences())}


def main() -> int:
    """Print what went wrong; nothing should."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wenlan.config.settings")
    django.setup()
    print(json.dumps(race(int(sys.argv[1]))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
