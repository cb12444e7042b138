"""A supplier's batch from arrival to acceptance or return; each step is one operation."""

from wenlan.acquisitions.accepting import accept, send_back
from wenlan.acquisitions.barcoding import give_barcodes
from wenlan.acquisitions.paying import set_paid
from wenlan.acquisitions.receiving import receive
from wenlan.acquisitions.suppliers import save_supplier
from wenlan.acquisitions.verifying import close_parcel, decide, draw_sample, inspect, match_again, scan

__all__ = [
    "accept",
    "close_parcel",
    "decide",
    "draw_sample",
    "give_barcodes",
    "inspect",
    "match_again",
    "receive",
    "save_supplier",
    "scan",
    "send_back",
    "set_paid",
]
