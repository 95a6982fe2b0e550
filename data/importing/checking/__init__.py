"""Rows checked one by one and made records, or told what is wrong."""
