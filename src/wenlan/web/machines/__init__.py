"""The desk's pages of machines and vehicles: the register, its sheets, and what each machine has handled."""
