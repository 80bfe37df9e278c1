"""Every word of the screen: `formats` for numbers and dates, `labels` for names of codes, `sentences` for the rest."""
