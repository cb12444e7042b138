"""Documents set by typst and drawings, made in a short-lived process that gives its memory back."""
