"""The council's quarterly return: its template, its complete check, and putting it in place."""
