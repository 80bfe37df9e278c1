"""Who may see what: the gate before every request, the sign-in, and the reader with rights and scope."""
