"""What if: changes to places, sites and need that can be tried, judged, saved and reopened."""
