"""The limits of the program, each with something that is just at it and something just beyond."""
