"""One filter: from and to the address, as a selection of findings, and in words."""
