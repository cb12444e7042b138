"""Book drifting (图书漂流): books outside the stock that anybody takes and leaves, counted apart from loans."""
