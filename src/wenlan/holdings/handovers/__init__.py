"""Allocation of items to places (典藏分配) and their handover by two signatures (移交)."""
