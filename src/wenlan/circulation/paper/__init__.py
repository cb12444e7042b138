"""Lines of a paper register copied afterwards (补录): counted on the day written, under the channel `paper`."""
