"""Mapping profiles convert exports from other systems to the contract's sheets; shipped ones are in `shipped/`."""
