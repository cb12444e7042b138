"""The REST interface under /api/v1/: each route translates in, makes one call, translates out."""
