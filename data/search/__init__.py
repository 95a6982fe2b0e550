"""Search: the words of the evidence as they are indexed, and a search as it is read by the codebook and the words."""
