"""Tables to download, as typed columns. Pure: results of queries in, tables out."""
