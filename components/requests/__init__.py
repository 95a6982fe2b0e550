"""How requests are answered: from whom, with which headers, and within which limits."""
