"""Briefings on the screen: listed, edited, and added to from any page."""
