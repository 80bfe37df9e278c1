"""SQL on one published snapshot. Every function takes a connection, a Scope and plain values; none depends on pages."""
