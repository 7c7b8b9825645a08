"""shida: the newsroom behind a Top Ten."""
