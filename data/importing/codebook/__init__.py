"""The codebook's files, and codes that a load adds to them."""
