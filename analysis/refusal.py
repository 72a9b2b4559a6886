"""Saying no: the one error for a comparison that would mislead or has nothing to compare."""


class Refusal(ValueError):
    """The comparison asked for would mislead or cannot be made; the message says why and what to do instead."""
