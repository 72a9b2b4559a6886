"""Fetching the current official files into draft tables, through the functions the build uses; nothing reaches viewers."""
