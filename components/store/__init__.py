"""What the screen knows: the collection's answers as remembered, the visitor, and whose turn it is."""
