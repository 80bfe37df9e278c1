"""The contracts of a feed's sheets: loaded from `definitions/*.yaml`, with the words by which readers know sheets."""
