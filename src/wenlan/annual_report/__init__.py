"""Editions of the yearly report: chapters, figures as published, and their documents."""
