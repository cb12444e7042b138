"""Orders of readers (订单式, 菜单式借阅): a wish in words or a themed set, from the asking to the last book back."""
