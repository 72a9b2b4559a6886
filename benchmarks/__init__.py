"""How fast the ward map answers, measured in a real browser beside a naive page."""
