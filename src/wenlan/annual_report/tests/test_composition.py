"""A report composed from a shape and its figures, and what proof-reading says of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from wenlan.annual_report.policies.proofreading import findings
from wenlan.annual_report.testing import changzhi_2019, composed, stated, told
from wenlan.annual_report.trees import from_json, to_json
from wenlan.annual_report.types import FigureRun, Paragraph, Table


def sentences(document):
    return ["".join(run.text for run in block.runs) for block in document.blocks() if isinstance(block, Paragraph)]


@pytest.mark.capability("T01")
def test_the_statistics_chapter_states_the_published_sentences():
    found = sentences(composed().document)

    assert "2019年我馆新增馆藏652761册（件），其中图书21861册，报刊8102册，视听资料12件，电子文献622786册。" in found
    assert (
        "2019年我馆文献外借410000册次，其中综合借阅处92220册次，文学借阅处132926册次，"
        "青少年图书借阅处156854册次，流动图书车28000册次。" in found
    )
    assert (
        "2019年接待到馆读者50万余人次，开展读者活动488次，流动图书车出车411车次，文化大讲堂12期，"
        "门户网站点击量35.8万次，移动图书馆点击量754.6万次，LED屏宣传365天，开展志愿服务826.5小时。" in found
    )


def test_the_same_figure_in_two_chapters_is_one_reference():
    runs = [run for run in composed().document.runs() if isinstance(run, FigureRun)]

    hours = {run.ref for run in runs if run.text == "826.5小时"}
    trips = {run.ref for run in runs if run.text in {"411车次", "400余车次"}}
    assert (len(hours), len(trips)) == (1, 1)


@pytest.mark.capability("T04", "T10")
def test_a_table_by_department_ends_with_the_library_total():
    tables = [block for block in composed().document.blocks() if isinstance(block, Table)]
    (table,) = [table for table in tables if table.caption == "2019年各部门文献外借"]

    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["综合借阅处", "92,220", "22.5"],
        ["文学借阅处", "132,926", "32.4"],
        ["青少年图书借阅处", "156,854", "38.3"],
        ["流动图书车", "28,000", "6.8"],
        ["合计", "410,000", "100.0"],
    ]
    assert (table.number, table.rows[-1].total) == ("2-2", True)


def test_the_form_scope_is_printed_beside_the_report_scope_with_its_reason():
    tables = [block for block in composed().document.blocks() if isinstance(block, Table)]
    (table,) = [table for table in tables if table.number == "2-1"]

    note = "".join(run.text for run in table.notes[0].runs)
    assert note == ("本表为本馆报告口径，含电子文献。按文旅基3表口径，本年新增藏量不计电子文献，为29975册（件）。")


def test_a_balanced_report_with_all_texts_has_no_finding():
    assert findings(composed().facts) == ()


@pytest.mark.capability("T11")
def test_parts_that_do_not_add_up_block():
    source = changzhi_2019()
    source.parts["loans", "department"][1] = 92221

    found = findings(composed(source).facts)

    assert [(finding.code, finding.blocks) for finding in found] == [("parts_differ", True)]
    assert found[0].sentence == "文献外借410000册次 is stated, but its parts add up to 410001."


def test_a_department_that_nobody_named_still_balances_the_total():
    source = changzhi_2019()
    source.parts["loans", "department"] = {1: 92220, 2: 132926, 3: 156854, None: 28000}

    result = composed(source)

    assert findings(result.facts) == ()
    assert any("其他28000册次" in sentence for sentence in sentences(result.document))


def test_a_part_of_more_than_its_total_blocks():
    source = changzhi_2019()
    source.parts["activity_sessions", "subject"]["lecture.health"] = 500

    found = findings(composed(source).facts)

    assert [(finding.code, finding.blocks) for finding in found] == [("part_exceeds", True)]


def test_more_readers_in_rooms_than_through_the_gate_is_asked_about():
    source = changzhi_2019()
    source.totals["visits"] = 100000
    source.parts.pop(("visits", "month"))

    found = findings(composed(source).facts)

    assert "bound_broken" in {finding.code for finding in found}


def test_persons_and_visits_are_not_taken_for_each_other():
    source = changzhi_2019()
    source.units["activity_attendance"] = "人"

    found = findings(composed(source).facts)

    assert {finding.code for finding in found} == {"unit_differs"}


def test_a_figure_that_is_not_held_leaves_its_clause_out_and_is_noticed():
    source = changzhi_2019()
    source.totals.pop("led_days")

    result = composed(source)

    assert not any("LED屏宣传" in sentence for sentence in sentences(result.document))
    assert [(finding.code, finding.params["measure"]) for finding in findings(result.facts)] == [
        ("not_held", "LED屏宣传")
    ]


def services_of_a_year():
    """Figures of services that not every library offers: some of each, and none of one."""
    source = changzhi_2019()
    source.totals |= {"book_orders": 12, "book_orders_menu": 0, "book_orders_met": 11, "volumes_on_order": 140}
    source.totals |= {"chosen_sum": Decimal("1955.5"), "chosen_readers": 9, "chosen_volumes": 85, "deliveries": 0}
    source.totals |= {"equipment_held": 8, "volumes_distributed": 0}
    source.parts |= {("equipment_held", "subject"): {"equipment.self_check": 3, "equipment.newspaper_screen": 5}}
    source.units |= {"book_orders": "份", "book_orders_met": "份", "volumes_on_order": "册次", "chosen_readers": "人"}
    return source


def test_none_of_a_service_is_left_untold_without_a_finding():
    result = composed(services_of_a_year())

    found = sentences(result.document)
    assert "2019年，收到读者订单12份，已满足11份，按订单外借140册次。" in found
    assert "2019年，参与读者9人，在合作书店选书并当场借出85册，由图书馆买单1955.50元。" in found
    assert "年末在用设备8台（自助借还机3台、电子阅报屏5台）。" in found
    assert not any("送书服务" in sentence or "主题书单" in sentence for sentence in found)
    assert {figure.measure for figure in result.figures.values()} & {"deliveries", "book_orders_menu"} == set()
    assert findings(result.facts) == ()


def test_figures_stand_beside_those_of_the_year_before():
    source = services_of_a_year()
    source.before = {"visits": 400000, "bus_trips": 420, "volunteer_hours": Decimal("827"), "book_orders_menu": 4}
    source.before |= {"deliveries": 56, "loans": 380000, "additions": 20000, "activity_sessions": 400}

    made = composed(source, shape_name="standard")

    tables = {block.caption: block for block in made.document.blocks() if isinstance(block, Table)}
    table = tables["2019年与2018年主要服务数据比较"]
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert table.columns == ("指标", "计量单位", "2019年", "2018年", "增减", "增减（%）")
    assert rows["到馆读者"] == ["人次", "503,217", "400,000", "103,217", "25.8"]
    assert rows["流动图书车出车"] == ["车次", "411", "420", "-9", "-2.1"]
    assert rows["志愿服务时长"] == ["小时", "826.5", "827", "-0.5", "-0.1"]
    assert rows["送书服务"] == ["次", "0", "56", "-56", "-100.0"]
    assert rows["借阅订单"] == ["份", "12", "—", "—", "—"]
    assert "送书上门" not in rows
    years = {figure.period.start.year for figure in made.figures.values() if figure.measure == "visits"}
    assert years == {2018, 2019}


@pytest.mark.parametrize("before", [{}, {"additions": 20000, "volunteer_hours": 474}])
def test_a_year_of_which_little_was_counted_is_no_base(before):
    source = changzhi_2019()
    source.before = before

    made = composed(source, shape_name="standard")

    assert not any("比较" in block.caption for block in made.document.blocks() if isinstance(block, Table))
    assert {figure.period.start.year for figure in made.figures.values()} == {2019}


def test_a_chapter_with_nothing_to_say_gives_its_number_to_the_next():
    source, alone = services_of_a_year(), changzhi_2019()

    titles, without = (
        [f"{chapter.number}{chapter.title}" for chapter in composed(one, shape_name="standard").document.chapters]
        for one in (source, alone)
    )

    assert "八、数字服务" in titles
    assert [title for title in titles if "设施设备" in title] == ["七、设施设备"]
    assert "七、数字服务" in without
    assert not any("设施设备" in title for title in without)


def test_a_missing_required_text_prints_nothing_and_blocks():
    result = composed(told_by=told(party=None, theme=None))

    found = {finding.slot: finding.blocks for finding in findings(result.facts)}
    assert found == {"party": True, "theme": False}
    assert not any(isinstance(block, Paragraph) and block.slot == "party" for block in result.document.blocks())


def test_a_stated_text_is_inserted_whole_and_its_old_wording_is_noticed():
    text = "截止到目前为止，我馆喜迎建国70周年，共接待读者22280余人次。"

    result = composed(told_by=told(theme=stated("theme", text)))

    assert text in sentences(result.document)
    assert [
        (finding.code, finding.params.get("instead") or finding.params["text"]) for finding in findings(result.facts)
    ] == [
        ("figure_typed", "22280余人次"),
        ("phrase", "新中国成立70周年"),
        ("phrase", "截至某年某月某日"),
    ]


def test_a_text_past_its_date_and_a_copied_one_are_noticed():
    old = stated("party", "按上级部署开展学习。", until_day=date(2019, 12, 1))
    told_by = replace(told(party=old), previous={"party": "按上级部署开展学习。"})

    found = {finding.code for finding in findings(composed(told_by=told_by).facts)}

    assert found == {"text_expired", "text_copied"}


def test_sums_that_end_before_the_year_are_noticed():
    source = changzhi_2019()
    source.complete_until = date(2019, 12, 15)

    assert {finding.code for finding in findings(composed(source).facts)} == {"incomplete"}


def test_the_tree_is_kept_word_by_word():
    document = composed().document

    assert from_json(to_json(document)) == document


def test_shares_add_up_to_a_hundred():
    tables = [block for block in composed().document.blocks() if isinstance(block, Table) and len(block.columns) == 3]

    for table in tables[:3]:
        shares = [Decimal(row.cells[2].text) for row in table.rows[:-1]]
        assert sum(shares) == 100
