"""What is done at a bookshop's counter and about it; each is one operation."""

from wenlan.acquisitions.bookshop.arranging import begin_campaign, change_campaign, end_campaign, save_shop
from wenlan.acquisitions.bookshop.choosing import ask, choose, give_back, look
from wenlan.acquisitions.bookshop.settling import approve, pay, send_back, settle

__all__ = [
    "approve",
    "ask",
    "begin_campaign",
    "change_campaign",
    "choose",
    "end_campaign",
    "give_back",
    "look",
    "pay",
    "save_shop",
    "send_back",
    "settle",
]
