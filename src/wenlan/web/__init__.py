"""The shells: portal, desk, kiosk and screens, and the pages that combine packages."""
