"""The register of machines and vehicles: what stands where, in which state, what it cost, and how that changed."""
