"""Whether each promise is kept now: probes read everything, change nothing, and say a figure."""
