"""Fixed specimens for the style page, read from `specimens.toml`."""

import tomllib
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenlan.ui.seals import SEALS
from wenlan.ui.widgets import DayInput

SPECIMENS = Path(__file__).with_suffix(".toml")
REFUSAL = "这本书已有读者预约，请放到预约架。"


class SpecimenForm(forms.Form):
    """One field of each kind, with help, errors and a value."""

    name = forms.CharField(label="姓名", max_length=40)
    phone = forms.CharField(label="手机", required=False, help_text="到期提醒和取书通知发到这里。")
    card_number = forms.CharField(label="读者证号")
    category = forms.ChoiceField(label="读者类型", choices=[("adult", "普通读者"), ("child", "少儿读者")])
    birth_date = forms.DateField(label="出生日期", widget=DayInput())
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
    return SpecimenForm({"name": "王小林", "category": "child", "birth_date": "2011-06-01", "remarks": "第1次办证"})


def context() -> dict[str, Any]:
    """Return what the shells and the specimens need, as the context of a page would give it."""
    drawn = tomllib.loads(SPECIMENS.read_text(encoding="utf-8"))
    forms_and_words = {
        "form": form(),
        "filter_form": FilterForm(),
        "refusal": REFUSAL,
        "people_note": _("People and counts here are invented."),
    }
    return {**drawn, **forms_and_words, "seals": list(SEALS)}
