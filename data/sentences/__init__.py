"""Sentences that claim no more than their numbers, and what must be told beside them."""
