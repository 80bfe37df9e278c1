"""Mapping profiles convert exports of other systems to the contract's sheets. Shipped profiles are in `shipped/`."""
