"""What holds across packages: architecture, documentation, capabilities, the wheel."""
