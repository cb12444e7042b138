"""What sort of day a day is: public holidays with the working days shifted for them, weekends, and named seasons.

The State Council says each year's days off in a notice; they ship as a file a year (`years/`). A library adds a year
that no release knows yet, corrects a day, and names its own seasons.
"""
