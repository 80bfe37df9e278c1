"""Who reads the pages: the reader with rights and scope."""
