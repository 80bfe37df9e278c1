"""Every word of the screen.

`formats` has numbers and dates, `labels` names of codes, `headings` names of parts of a page, `sentences` and
`petitions` whole sentences, `methods` the rules that hold for every KPI.
"""
