"""The cashier's desk: drawers and shifts (交接班), numbered receipts (票据), the close of a day (日结)."""
