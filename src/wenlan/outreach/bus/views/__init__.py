"""The desk's pages of the book bus: the plan, and the trips."""
