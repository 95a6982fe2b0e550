"""What their columns and words may mean here: suggestions for a person to take or leave, each with its ground.

Screens take `columns.columns` and `words.words`; `proposal.propose` makes a first mapping of both.
"""
