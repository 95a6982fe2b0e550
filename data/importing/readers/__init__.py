"""Readers, one a format, chosen by `choosing.read_any`: what files of any kind hold, as rows that know their place."""
