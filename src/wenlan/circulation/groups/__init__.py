"""Group loans (集体外借): a class or a unit borrows many items in one act."""
