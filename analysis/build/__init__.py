"""From raw files to the atlas's own tables."""
