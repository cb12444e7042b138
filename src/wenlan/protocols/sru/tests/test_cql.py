"""CQL: what is written parses to the same tree, and nothing but CQL parses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenlan.protocols.sru.cql import Boolean, Clause, CqlError, Modifier, Query, SortKey, parse, quoted, written
from wenlan.protocols.sru.mapping import plain

names = st.from_regex(r"[a-z]{1,6}(\.[a-z]{1,6})?", fullmatch=True).filter(
    lambda name: name not in ("and", "or", "not", "prox", "sortby")
)
terms = st.text(max_size=12).map(lambda text: quoted(text)[1:-1])
modifiers = st.lists(
    st.builds(Modifier, names) | st.builds(Modifier, names, st.sampled_from(("=", "<", ">=")), terms), max_size=2
).map(tuple)
clauses = st.builds(Clause, terms, names, st.sampled_from(("=", "==", "<", ">=", "<>", "any", "within")), modifiers)
trees = st.recursive(
    clauses,
    lambda inner: st.builds(Boolean, inner, st.sampled_from(("and", "or", "not", "prox")), inner, modifiers),
    max_leaves=8,
)
queries = st.builds(Query, trees, st.lists(st.builds(SortKey, names, modifiers), max_size=2).map(tuple))


@given(queries)
def test_what_is_written_parses_to_the_same_tree(query):
    assert parse(written(query)) == query


@given(st.text(max_size=60) | st.text('()"=</> and or sortby.\\*三', max_size=40))
def test_any_text_is_a_query_or_refused(text):
    try:
        query = parse(text)
    except CqlError as error:
        assert str(error)  # noqa: PT017
    else:
        assert parse(written(query)) == query


@given(st.text(min_size=1, max_size=30).filter(lambda text: text.strip()))
def test_plain_text_in_quotation_marks_means_itself(text):
    found = parse(quoted(text)).root

    assert isinstance(found, Clause)
    assert plain(found.term) == text.strip()


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("三体", Clause("三体")),
        ('"三体 黑暗森林"', Clause("三体 黑暗森林")),
        ("title = 三体", Clause("三体", "title", "=")),
        ('dc.title any/stem "a b"', Clause("a b", "dc.title", "any", (Modifier("stem"),))),
        ("a and b or c", Boolean(Boolean(Clause("a"), "and", Clause("b")), "or", Clause("c"))),
        ("a and (b or c)", Boolean(Clause("a"), "and", Boolean(Clause("b"), "or", Clause("c")))),
        ("dc.date >= 2001 NOT x", Boolean(Clause("2001", "dc.date", ">="), "not", Clause("x"))),
        ("((a))", Clause("a")),
        ("a prox/distance<2 b", Boolean(Clause("a"), "prox", Clause("b"), (Modifier("distance", "<", "2"),))),
    ],
)
def test_a_query_parses_by_the_grammar(text, tree):
    assert parse(text) == Query(tree)


def test_a_query_may_say_its_order():
    assert parse("a sortBy dc.date/sort.descending dc.title").sort == (
        SortKey("dc.date", (Modifier("sort.descending"),)),
        SortKey("dc.title"),
    )


@pytest.mark.parametrize(
    "text",
    ["", " ", "(", ")", "a and", "and and and", "(a", "a)", '"a', "a b c d", "a\\", "title =", "= a", "a sortBy",
     "a//b",
     "(" * 100 + "a" + ")" * 100, " and ".join("a" * 60)],
)  # fmt: skip
def test_what_is_no_query_is_refused(text):
    with pytest.raises(CqlError):
        parse(text)
