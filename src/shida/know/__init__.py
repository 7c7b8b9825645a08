"""know."""
