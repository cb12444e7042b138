"""The ways out of the house: e-mail, text messages, WeChat."""
