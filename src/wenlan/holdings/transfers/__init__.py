"""Transfer (调拨) of items to another place, or to another owner by an asset voucher: slips signed by two."""
