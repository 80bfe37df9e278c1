"""Names of units and periods, as senders write them, matched with their codes."""
