"""What a level of access sees of one state of the evidence, as columns in memory."""
