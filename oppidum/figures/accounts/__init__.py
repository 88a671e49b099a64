"""The way in for accounts that no service of ours keeps: waste weighed, energy used, land use, budgets (docs/how-to/import-accounts.md)."""
