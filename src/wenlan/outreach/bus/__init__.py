"""The book bus: stops, lines and their timetable, and the trips with what was done on each."""
