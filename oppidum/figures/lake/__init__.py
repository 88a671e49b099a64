"""The lake: closed months as Parquet files without personal data, from which any engine computes the same figures."""
