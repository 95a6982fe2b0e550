"""Keeping the database safe: copies, going back to one, whether it is whole, other versions of its tables."""
