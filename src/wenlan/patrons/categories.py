"""The categories of readers an installation starts with; librarians change them afterwards."""

from typing import Any

CHANGEABLE = (
    "loan_limit",
    "overdue_limit",
    "valid_days",
    "needs_guardian_under",
    "is_institution",
    "loan_kind",
    "special_group",
)
SHIPPED: tuple[dict[str, Any], ...] = (
    {
        "code": "adult",
        "words": {"zh": "成人", "en": "Adult"},
        "loan_limit": 10,
    },
    {
        "code": "child",
        "words": {"zh": "少儿", "en": "Child"},
        "loan_limit": 6,
        "needs_guardian_under": 14,
    },
    {
        "code": "student",
        "words": {"zh": "学生", "en": "Student"},
        "loan_limit": 10,
    },
    {
        "code": "teacher",
        "words": {"zh": "教师", "en": "Teacher"},
        "loan_limit": 20,
    },
    {
        "code": "senior",
        "words": {"zh": "老年", "en": "Senior"},
        "loan_limit": 10,
        "special_group": "senior",
    },
    {
        "code": "visually_impaired",
        "words": {"zh": "视障", "en": "Visually impaired"},
        "loan_limit": 20,
        "special_group": "visually_impaired",
    },
    {
        "code": "volunteer",
        "words": {"zh": "志愿者", "en": "Volunteer"},
        "loan_limit": 20,
    },
    {
        "code": "staff",
        "words": {"zh": "馆员", "en": "Library staff"},
        "loan_limit": 20,
    },
    {
        "code": "large_capacity",
        "words": {"zh": "大容量借阅卡", "en": "Large-capacity card"},
        "loan_limit": 500,
        "is_institution": True,
        "loan_kind": "group",
    },
    {
        "code": "institution",
        "words": {"zh": "单位", "en": "Institution"},
        "loan_limit": 200,
        "is_institution": True,
        "loan_kind": "group",
    },
)
