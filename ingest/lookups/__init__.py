"""Match unit names and periods, as senders write them, to their codes."""
