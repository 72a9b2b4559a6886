"""Words, figures and maps, returned and never shown."""
