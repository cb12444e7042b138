"""The lending rules an installation starts with; librarians change them afterwards."""

from datetime import date
from typing import Any

SINCE = date(2000, 1, 1)

SHIPPED: tuple[dict[str, Any], ...] = (
    {
        "code": "standard",
        "words": {"zh": "普通外借 30 天，续借 1 次", "en": "Standard loan, 30 days, one renewal"},
        "loan_days": 30,
        "renewals": 1,
        "renewal_days": 30,
    },
    {
        "code": "serials",
        "words": {"zh": "期刊外借 14 天", "en": "Serials, 14 days"},
        "material": "serial",
        "loan_days": 14,
        "renewals": 0,
        "renewal_days": 14,
    },
    {
        "code": "large_capacity",
        "words": {"zh": "大容量借阅卡 90 天，续借 1 次", "en": "Large-capacity card, 90 days, one renewal"},
        "category": "large_capacity",
        "loan_days": 90,
        "renewals": 1,
        "renewal_days": 90,
    },
    {
        "code": "institution",
        "words": {"zh": "单位借阅 90 天，续借 1 次", "en": "Institutions, 90 days, one renewal"},
        "category": "institution",
        "loan_days": 90,
        "renewals": 1,
        "renewal_days": 90,
    },
)
