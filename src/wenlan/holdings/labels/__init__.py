"""Labels on sheets and rolls: spine labels, barcodes, pocket labels and reader cards, as pdf."""
