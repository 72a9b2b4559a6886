"""Editions of the needs assessment in a database: drafts, publications and what was done by whom.

A *base* is one of the atlas's editions (2020 or 2026). A *version* of a base is a complete set of tables; a
*publication* makes one version what everybody sees of its base. Nothing published ever changes.
"""
