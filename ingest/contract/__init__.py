"""The contracts of a feed's sheets, loaded from `definitions/*.yaml`, and the vocabulary that readers match."""
