"""The current official files as draft tables, through the functions the build uses; nothing reaches viewers."""
