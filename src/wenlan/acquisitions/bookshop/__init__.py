"""Books that readers choose at a bookshop and the library pays (你选书·我买单): lent at once, billed, settled."""
