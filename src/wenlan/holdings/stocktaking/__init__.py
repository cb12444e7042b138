"""Stocktaking (盘点): a place or collection is counted while lending goes on, differences are resolved one by one."""
