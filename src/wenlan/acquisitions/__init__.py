"""Suppliers, orders, receipts, gifts and serials."""
