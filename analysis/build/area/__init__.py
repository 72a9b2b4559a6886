"""Any English council's folder of tables, from the national files: wards, lookups, deprivation, low income, people."""
