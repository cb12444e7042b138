"""The big screen on the wall: today at a glance, for everybody in the hall."""
