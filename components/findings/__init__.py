"""The proof beneath numbers: findings, studies and sources, as cards and tables."""
