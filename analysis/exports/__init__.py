"""What leaves the atlas in files: CSV, Excel, and one zip of everything in a view. Nothing here knows a screen."""
