"""Barcodes printed ahead (条码号段): series of numbers that no two places print twice, and which of them are free."""
