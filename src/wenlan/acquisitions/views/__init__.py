"""Pages of the acquisitions desk."""
