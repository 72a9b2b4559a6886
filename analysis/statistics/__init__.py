"""Statistics over arrays and frames. Nothing here knows of a ward, an indicator or a file."""
