"""Reads the dashboard's pages as a careful reader would, and holds what they say against SQL on the snapshot.

`views` draws addresses, `reader` opens them in the browser, `drawn` is a page as it stands on the screen, `world` is
the snapshot with the hierarchy of each day, and each module of checks compares one kind of page with it.
"""
