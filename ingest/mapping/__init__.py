"""Mapping profiles: exports of other systems become the contract's sheets. Shipped profiles are in `shipped/`."""
