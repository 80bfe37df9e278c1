"""Read the pages of the dashboard like a careful reader and compare them with SQL on the snapshot.

`views` draws random URLs, `reader` opens them in the browser, `screen` is a page as displayed, `world` is the
snapshot with the hierarchy of each day, and each module of checks compares one kind of page with it.
"""
