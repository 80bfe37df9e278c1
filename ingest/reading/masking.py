"""Masking of what a feed says around its cells: right after reading, before anything is told or kept.

The cells themselves are masked while they are staged, by `ingest.staging.stage`.
"""

from dataclasses import replace

from ingest.model.received import Obstacle, ReceivedFeed, ReceivedSheet, SetAside
from warehouse.masking import masked


def masked_feed(received: ReceivedFeed) -> ReceivedFeed:
    """The feed with the names of its pages, headers, lines that are no data and obstacles masked."""
    return replace(
        received,
        sheets=tuple(map(_masked_sheet, received.sheets)),
        obstacles=tuple(map(masked_obstacle, received.obstacles)),
        ignored=tuple(map(masked, received.ignored)),
    )


def masked_obstacle(obstacle: Obstacle) -> Obstacle:
    """Why something could not be read, with the place and the value masked."""
    place, value, message = (masked(each) for each in (obstacle.place, obstacle.value, obstacle.message))
    return replace(obstacle, place=place, value=value, message=message)


def masked_line(line: SetAside) -> SetAside:
    """A line that is no data, its text masked."""
    return replace(line, text=masked(line.text))


def _masked_sheet(sheet: ReceivedSheet) -> ReceivedSheet:
    return replace(
        sheet,
        name=masked(sheet.name),
        columns=tuple(replace(each, header=masked(each.header)) for each in sheet.columns),
        set_aside=tuple(map(masked_line, sheet.set_aside)),
    )
