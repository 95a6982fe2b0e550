"""How fast the dashboard is: synthetic collections of any size, and its work timed beside the same work by hand."""
