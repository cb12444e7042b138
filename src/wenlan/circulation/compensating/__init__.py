"""Compensation by a copy (赔书): a reader hands over another copy of what was lost; both are linked for ever."""
