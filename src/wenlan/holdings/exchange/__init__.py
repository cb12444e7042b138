"""Files of records at the desk: uploaded, looked at with their copies, then taken in."""
