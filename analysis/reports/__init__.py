"""Documents made from the figures: what can be asked for, how each is set, and the process each is made in."""
