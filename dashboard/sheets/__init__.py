"""Tables to download, with typed values. Pure: results of queries in, tables out."""
