"""What leads a meeting: the wall, the speaker's window, and the presenter's hand on both."""
