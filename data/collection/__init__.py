"""The collection itself: the database, who is looking and what they may see, the codebook, the clock."""
