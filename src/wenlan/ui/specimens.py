"""Fixed specimens for the style page: titles are real works, people and counts are invented."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.ui.seals import SEALS

REFUSAL = "这本书已有读者预约，请放到预约架。"

WORKS: list[tuple[str, str, str]] = [
    ("骆驼祥子", "I", "老舍"),
    ("红楼梦", "I", "曹雪芹"),
    ("中国古代建筑史", "T", "刘敦桢"),
    ("乡土中国", "C", "费孝通"),
    ("时间简史：从大爆炸到黑洞", "P", "史蒂芬·霍金"),
    ("平凡的世界", "I", "路遥"),
    ("本草纲目", "R", "李时珍"),
    ("数学之美", "O", "吴军"),
    ("史记", "K", "司马迁"),
    ("论语译注", "B", "杨伯峻"),
    ("物种起源", "Q", "达尔文"),
    ("谈美书简", "B", "朱光潜"),
    ("万历十五年", "K", "黄仁宇"),
    ("新华字典", "H", ""),
    ("梦溪笔谈", "Z", "沈括"),
    ("中国绘画史", "J", "陈师曾"),
    ("种子的信仰", "S", "梭罗"),
    ("国富论", "F", "亚当·斯密"),
    ("资本论", "A", "马克思"),
    ("草房子", "I", "曹文轩"),
    ("深入理解计算机系统", "T", "Bryant"),
    ("围城", "I", "钱锺书"),
    ("诗经", "I", ""),
    ("山海经", "K", ""),
    ("寂静的春天", "X", "卡森"),
    ("教育的目的", "G", "怀特海"),
]

MARC = [
    ("001", "", [("", "WL0000012345")]),
    ("010", "  ", [("b", "精装"), ("d", "CNY36.00")]),
    ("100", "  ", [("a", "20190612d2017    em y0chiy50      ea")]),
    ("101", "0 ", [("a", "chi")]),
    ("200", "1 ", [("a", "骆驼祥子"), ("9", "luo tuo xiang zi"), ("f", "老舍著")]),
    ("210", "  ", [("a", "北京"), ("c", "人民文学出版社"), ("d", "2017")]),
    ("215", "  ", [("a", "223页"), ("d", "21cm")]),
    ("330", "  ", [("a", "小说以北平一个人力车夫祥子的行踪为线索，写旧时代城市底层人物的命运。")]),
    ("606", "0 ", [("a", "长篇小说"), ("y", "中国"), ("z", "现代")]),
    ("690", "  ", [("a", "I246.5"), ("v", "5")]),
    ("701", " 0", [("a", "老舍"), ("9", "lao she"), ("4", "著")]),
]


class SpecimenForm(forms.Form):
    """One field of each kind, with help, errors and a value."""

    name = forms.CharField(label="姓名", max_length=40)
    phone = forms.CharField(label="手机", required=False, help_text="到期提醒和取书通知发到这里。")
    category = forms.ChoiceField(label="读者类型", choices=[("adult", "普通读者"), ("child", "少儿读者")])
    birth_date = forms.DateField(label="出生日期", widget=forms.DateInput(attrs={"type": "date"}))
    consent = forms.BooleanField(label="监护人已同意（未满14周岁必填）", required=False)
    remarks = forms.CharField(label="备注", required=False, widget=forms.Textarea(attrs={"rows": 3}))


class FilterForm(forms.Form):
    """The fields of the filter sentence."""

    node = forms.ChoiceField(label="分馆", choices=[("", "全部馆点"), ("CW", "崇文镇分馆")], required=False)
    state = forms.ChoiceField(label="状态", choices=[("overdue", "逾期"), ("lost", "丢失")], required=False)
    days = forms.IntegerField(label="天数", initial=30, required=False)

    @property
    def sentence(self) -> list[Any]:
        """The words and the fields between them."""
        return [self["node"], "的", self["state"], "图书，超过", self["days"], "天"]


def form() -> SpecimenForm:
    """Return the form as it stands after a faulty entry."""
    return SpecimenForm({"name": "王小林", "category": "child", "birth_date": "2031-01-01", "remarks": "第1次办证"})


def _items(*labels: str, current: int = 0) -> list[dict[str, object]]:
    return [{"label": label, "url": "#", "current": place == current} for place, label in enumerate(labels)]


def context(today: date) -> dict[str, object]:
    """Return what the shells and the specimens need, as the context of a page would give it."""
    loans = [
        {
            "title": "骆驼祥子",
            "url": "#",
            "barcode": "ZC0001234",
            "reader": "王*",
            "due": date(2019, 11, 2),
            "late": 59,
            "price": 3600,
            "state": "overdue",
        },
        {
            "title": "时间简史：从大爆炸到黑洞（插图本）",
            "url": "#",
            "barcode": "ZC0009931",
            "reader": "李*",
            "due": today,
            "late": None,
            "price": 4500,
            "state": "on_loan",
        },
        {
            "title": "Python编程：从入门到实践 第2版",
            "url": "#",
            "barcode": "CW0000417",
            "reader": "欧阳*",
            "due": date(2020, 1, 14),
            "late": None,
            "price": 8900,
            "state": "reserved",
        },
    ]
    return {
        "library_name": "示例·长治市图书馆",
        "demo_mark": True,
        "clock_note": "时间停在2019年12月31日之后的早晨",
        "today": today,
        "node_name": "总馆 外借处",
        "staff_name": "周敏",
        "desk_nav": _items("流通", "读者", "书目", "馆藏", "活动", "场馆", "台账", "数字", "年报", "管理"),
        "portal_nav": _items("检索", "活动", "开放时间", "数字", "我的借阅"),
        "desk_today": [
            {"label": "借出", "value": 1214, "unit": "册次", "url": "#"},
            {"label": "归还", "value": 1098, "unit": "册次", "url": "#"},
            {"label": "续借", "value": 64, "unit": "册次", "url": "#"},
            {"label": "到馆", "value": 2310, "unit": "人次", "url": "#"},
            {"label": "办证", "value": 17, "unit": "张", "url": "#"},
        ],
        "crumbs": [("馆藏", "#"), ("逾期", "#"), ("崇文镇分馆", "")],
        "tabs": [
            {"label": "在借", "url": "#", "current": True, "count": 3},
            {"label": "预约", "url": "#", "current": False, "count": 1},
            {"label": "历史", "url": "#", "current": False, "count": None},
        ],
        "columns": [
            {"key": "title", "label": "题名", "kind": "title", "url_key": "url"},
            {"key": "barcode", "label": "条码", "kind": "code"},
            {"key": "reader", "label": "读者", "kind": "person"},
            {"key": "due", "label": "应还", "kind": "day"},
            {"key": "late", "label": "逾期天数", "kind": "number"},
            {"key": "price", "label": "定价", "kind": "money"},
            {"key": "state", "label": "状态", "kind": "seal"},
        ],
        "rows": loans,
        "works": WORKS,
        "work": WORKS[0],
        "marc": MARC,
        "seals": list(SEALS),
        "programme": [
            {
                "time": "09:30",
                "until": "11:00",
                "title": "“上党讲堂”第31讲：长治古建筑中的木与石",
                "url": "#",
                "place": "总馆 报告厅",
                "people": "主讲 周敏",
                "state": "enrolling",
                "note": "还有42个座位",
            },
            {
                "time": "14:00",
                "until": "15:00",
                "title": "绘本故事会《蚂蚁和西瓜》",
                "url": "#",
                "place": "少儿阅览室",
                "people": "4~6岁，家长陪同",
                "state": "full",
            },
            {"time": "19:00", "title": "电影《城南旧事》", "url": "#", "place": "崇文镇分馆", "state": "planned"},
        ],
        "pairs": [
            ("责任者", "老舍著"),
            ("出版", "北京：人民文学出版社，2017"),
            ("分类号", "I246.5"),
            ("ISBN", ""),
            ("定价", "36.00 元"),
            ("页数", "223页；21cm"),
        ],
        "figures": [
            {
                "value": 410000,
                "label": "书刊文献外借册次",
                "unit": "册次",
                "url": "#",
                "definition": "外借书刊、视听文献的册次，不含续借和馆际互借。ISO 2789:2022，7.2.3。",
            },
            {"value": 143126, "label": "阅览人次", "unit": "人次", "url": "#", "note": "6个阅览室"},
            {"value": 488, "label": "读者活动", "unit": "场", "url": "#"},
            {"value": None, "label": "借阅证", "unit": "个", "note": "本期尚未统计"},
        ],
        "chart": {
            "tooltip": {"trigger": "axis"},
            "legend": {"top": 0, "right": 0},
            "xAxis": {"type": "category", "data": [f"{month}月" for month in range(1, 13)]},
            "yAxis": {"type": "value", "name": "册次"},
            "series": [
                {"type": "bar", "name": "借出", "data": [31, 24, 36, 35, 33, 32, 44, 47, 34, 33, 31, 30]},
                {"type": "line", "name": "归还", "data": [28, 27, 33, 34, 33, 34, 36, 49, 38, 33, 31, 31]},
            ],
        },
        "chart_columns": [{"key": "month", "label": "月份"}, {"key": "loans", "label": "借出", "kind": "number"}],
        "chart_rows": [{"month": "1月", "loans": 31}, {"month": "2月", "loans": 24}],
        "hidden": {"barcode": "ZC0001234"},
        "query": "",
        "step": 2,
        "people_note": _("People and counts here are invented."),
    }
