"""Tags that templates of other rooms load."""
