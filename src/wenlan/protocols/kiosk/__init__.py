"""A self-service station in a browser: the same registration, rights and rules as a machine that speaks SIP2."""
