"""All texts of the screen.

`formats` has numbers and dates, `labels` names of codes, `headings` names of page elements, `sentences` and `petitions`
whole sentences, `methods` the rules of all KPIs.
"""
