"""Stored files: photos, evidence and page images, with owner, visibility and retention."""
