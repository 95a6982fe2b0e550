"""The steps from each version of the tables to the next, one file each in versions/; ../upgrade.py takes them.

A version that was given out never changes again: a change of the tables is a new step, and a new number.
"""
