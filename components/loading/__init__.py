"""The Load and History pages: a file for each step of bringing evidence in, and for each thing done about it later."""
