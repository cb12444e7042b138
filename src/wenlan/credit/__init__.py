"""Credit points, deposits, charges, waivers and amnesties."""
