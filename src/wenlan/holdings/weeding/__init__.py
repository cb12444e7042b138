"""Weeding (剔除) and disposal (处置): proposed, reviewed, approved by somebody else; nothing is deleted."""
