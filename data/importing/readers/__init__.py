"""Readers, one a format, listed in formats.py: what files of any kind hold, as rows that know their place."""
