"""The Load page's steps in which their columns and words are given a meaning."""
