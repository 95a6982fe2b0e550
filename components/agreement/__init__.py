"""CHAPTER."""
