"""A meeting on the screen: what the room sees, what it answers with, and what its presenter has in hand."""
