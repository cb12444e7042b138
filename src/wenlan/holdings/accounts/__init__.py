"""The two registers of the stock: by batch (总括登记) and by volume (个别登记), locked month by month."""
