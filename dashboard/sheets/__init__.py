"""Tables to take away: what the pages asked for, as typed columns. Pure: queries' answers in, tables out."""
