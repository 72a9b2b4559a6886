"""Need, provision and the gap between them; no screen anywhere in here."""
