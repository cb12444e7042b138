"""Digital resources as readers open them: counted by resource and way, in the house and from home."""
