"""Briefings: what is presented, what its messages say of the evidence, and where they are kept."""
