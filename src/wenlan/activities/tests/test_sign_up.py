from contextlib import closing
from datetime import date
from threading import Thread

import pytest
from django.db import connection

from wenlan.activities import errors, operations, queries
from wenlan.activities.testing import make_held_session, make_programme, make_session
from wenlan.activities.types import SignUpStatus
from wenlan.facilities.testing import counted, make_act, make_library
from wenlan.ledger.kinds import Kind
from wenlan.patrons.testing import make_patron

DAY = date(2019, 3, 4)
BEFORE = date(2019, 3, 1)


@pytest.mark.django_db
@pytest.mark.capability("J13")
def test_the_third_of_two_places_waits_and_moves_up_when_one_withdraws():
    library = make_library()
    first, second, third = (make_patron(node=library).id for _ in range(3))
    uid = make_session(make_programme(library), library, capacity=2)

    statuses = [
        operations.sign_up(make_act(library, BEFORE), session=uid, patron=patron) for patron in (first, second, third)
    ]
    operations.withdraw_sign_up(make_act(library, BEFORE), session=uid, patron=first)

    assert [made.status for made in statuses] == [SignUpStatus.PLACED, SignUpStatus.PLACED, SignUpStatus.WAITING]
    assert statuses[2].place_in_queue == 1
    assert {made.patron: made.status for made in queries.sign_ups(uid)} == {
        first: SignUpStatus.WITHDRAWN,
        second: SignUpStatus.PLACED,
        third: SignUpStatus.PLACED,
    }
    assert queries.session(uid).places_left == 0


@pytest.mark.django_db
def test_signing_up_twice_is_refused_and_with_one_key_answered_as_the_first_time():
    library = make_library()
    patron = make_patron(node=library).id
    uid = make_session(make_programme(library), library, capacity=2)
    first = operations.sign_up(make_act(library, BEFORE, key="k1"), session=uid, patron=patron)

    again = operations.sign_up(make_act(library, BEFORE, key="k1"), session=uid, patron=patron)
    with pytest.raises(errors.AlreadySignedUp):
        operations.sign_up(make_act(library, BEFORE), session=uid, patron=patron)

    assert again == first
    assert queries.session(uid).places_taken == 1


@pytest.mark.django_db
def test_nobody_signs_up_for_what_is_over_or_cancelled():
    library = make_library()
    patron = make_patron(node=library).id
    over = make_session(make_programme(library), library)
    cancelled = make_session(make_programme(library), library)
    operations.cancel_session(make_act(library, BEFORE), session=cancelled, reason="rain")

    with pytest.raises(errors.SessionNotOpen):
        operations.sign_up(make_act(library, date(2019, 3, 5)), session=over, patron=patron)
    with pytest.raises(errors.SessionNotOpen):
        operations.sign_up(make_act(library, BEFORE), session=cancelled, patron=patron)


@pytest.mark.django_db
def test_who_withdrew_may_come_back_to_the_end_of_the_queue():
    library = make_library()
    first, second = (make_patron(node=library).id for _ in range(2))
    uid = make_session(make_programme(library), library, capacity=1)
    for patron in (first, second):
        operations.sign_up(make_act(library, BEFORE), session=uid, patron=patron)
    operations.withdraw_sign_up(make_act(library, BEFORE), session=uid, patron=first)

    back = operations.sign_up(make_act(library, date(2019, 3, 2)), session=uid, patron=first)

    assert (back.status, back.place_in_queue) == (SignUpStatus.WAITING, 1)


@pytest.mark.django_db
def test_a_reader_who_comes_is_counted_once_with_the_dimensions_of_the_day():
    library = make_library()
    patron = make_patron(node=library, sex="f", birth_date=date(1990, 3, 5)).id
    uid = make_session(make_programme(library, "lecture.culture"), library)
    operations.sign_up(make_act(library, BEFORE), session=uid, patron=patron)

    came = operations.check_in_reader(make_act(library), session=uid, patron=patron)
    with pytest.raises(errors.AlreadyCheckedIn):
        operations.check_in_reader(make_act(library), session=uid, patron=patron)

    assert came.status is SignUpStatus.CHECKED_IN
    reader = {"reader_category": "adult", "reader_sex": "f", "reader_age": 28, "home_node": library}
    assert counted(Kind.ACTIVITY_ATTENDED, subject="lecture.culture", **reader) == 1
    assert counted(Kind.ACTIVITY_ATTENDED) == 1
    assert queries.session(uid).persons == 1


@pytest.mark.django_db
def test_who_did_not_sign_up_comes_in_while_places_are_free():
    library = make_library()
    first, second = (make_patron(node=library).id for _ in range(2))
    uid = make_session(make_programme(library), library, capacity=1)
    operations.check_in_reader(make_act(library), session=uid, patron=first)

    with pytest.raises(errors.SessionFull):
        operations.check_in_reader(make_act(library), session=uid, patron=second)

    assert counted(Kind.ACTIVITY_ATTENDED) == 1


@pytest.mark.django_db
def test_who_had_a_place_and_did_not_come_is_noted_after_the_session():
    library = make_library()
    came, stayed = (make_patron(node=library).id for _ in range(2))
    uid = make_session(make_programme(library), library)
    for patron in (came, stayed):
        operations.sign_up(make_act(library, BEFORE), session=uid, patron=patron)
    operations.check_in_reader(make_act(library), session=uid, patron=came)
    operations.hold_session(make_act(library), session=uid)

    missing = operations.close_sign_up(make_act(library), session=uid)

    assert missing == 1
    assert {made.patron: made.status for made in queries.sign_ups(uid)} == {
        came: SignUpStatus.CHECKED_IN,
        stayed: SignUpStatus.NO_SHOW,
    }


@pytest.mark.django_db
def test_a_cancelled_session_takes_back_those_who_had_been_checked_in():
    library = make_library()
    patron = make_patron(node=library).id
    uid = make_held_session(make_programme(library), library)
    operations.check_in_reader(make_act(library), session=uid, patron=patron)

    operations.cancel_session(make_act(library), session=uid, reason="wrong session")

    assert counted(Kind.ACTIVITY_ATTENDED) == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_the_last_place_is_given_once_to_many_who_ask_at_the_same_time():
    library = make_library()
    patrons = [make_patron(node=library).id for _ in range(8)]
    uid = make_session(make_programme(library), library, capacity=3)

    def ask(patron: int) -> None:
        with closing(connection):
            operations.sign_up(make_act(library, BEFORE), session=uid, patron=patron)

    threads = [Thread(target=ask, args=(patron,)) for patron in patrons]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    statuses = [made.status for made in queries.sign_ups(uid)]
    assert statuses.count(SignUpStatus.PLACED) == 3
    assert statuses.count(SignUpStatus.WAITING) == 5
    assert queries.session(uid).places_taken == 3
