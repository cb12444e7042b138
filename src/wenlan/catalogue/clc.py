"""The Chinese Library Classification: its classes by name, which are facts, and the order of its numbers."""

import tomllib
from functools import cache
from importlib.resources import files

MAIN_CLASSES: dict[str, dict[str, str]] = {
    "A": {"zh": "马克思主义、列宁主义、毛泽东思想、邓小平理论", "en": "Marxism-Leninism and its Chinese development"},
    "B": {"zh": "哲学、宗教", "en": "Philosophy, religion"},
    "C": {"zh": "社会科学总论", "en": "Social sciences in general"},
    "D": {"zh": "政治、法律", "en": "Politics, law"},
    "E": {"zh": "军事", "en": "Military science"},
    "F": {"zh": "经济", "en": "Economics"},
    "G": {"zh": "文化、科学、教育、体育", "en": "Culture, science, education, sports"},
    "H": {"zh": "语言、文字", "en": "Languages"},
    "I": {"zh": "文学", "en": "Literature"},
    "J": {"zh": "艺术", "en": "Art"},
    "K": {"zh": "历史、地理", "en": "History, geography"},
    "N": {"zh": "自然科学总论", "en": "Natural sciences in general"},
    "O": {"zh": "数理科学和化学", "en": "Mathematics, physics, chemistry"},
    "P": {"zh": "天文学、地球科学", "en": "Astronomy, earth sciences"},
    "Q": {"zh": "生物科学", "en": "Biology"},
    "R": {"zh": "医药、卫生", "en": "Medicine, health"},
    "S": {"zh": "农业科学", "en": "Agriculture"},
    "T": {"zh": "工业技术", "en": "Technology"},
    "U": {"zh": "交通运输", "en": "Transport"},
    "V": {"zh": "航空、航天", "en": "Aviation, space flight"},
    "X": {"zh": "环境科学、安全科学", "en": "Environment, safety"},
    "Z": {"zh": "综合性图书", "en": "General works"},
}

# The order of the auxiliary signs after one and the same number: recommendation, range, form, place, people, time, ...
SIGNS = 'a/[-("=<:+'


def sort_key(class_number: str) -> str:
    """Return the place of a class number: letters, then digits as decimals, then what auxiliary signs add.

    The point is only for the eye. A number comes before all that are made from it, and what a sign adds comes
    before the next digit: K20, K20-61, K201. The order of the signs is the classification's recommendation.
    """
    key = ""
    for sign in class_number.upper().replace(".", "").replace(" ", ""):
        at = SIGNS.find(sign.lower() if sign == "A" and key else sign)
        key += chr(0x21 + at) if at >= 0 else sign
    return key


@cache
def captions() -> dict[str, dict[str, str]]:
    """Return what classes are called, by the notation without points: the main classes and those of `clc.toml`."""
    stated = tomllib.loads(files("wenlan.catalogue").joinpath("clc.toml").read_text(encoding="utf-8"))
    lower = {code: {"zh": zh, "en": stated["en"][code]} for code, zh in stated["zh"].items()}
    return {**MAIN_CLASSES, **lower}


def caption(class_number: str) -> dict[str, str]:
    """Return the words of a class, of itself and not of a wider one; empty words when the tables stop above it."""
    return captions().get(class_number.replace(".", ""), {"zh": "", "en": ""})
