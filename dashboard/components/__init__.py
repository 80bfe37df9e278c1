"""Components that several pages show: lists, tables, forms."""
