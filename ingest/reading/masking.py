"""Mask a feed's texts outside its cells, right after reading, before anything is reported or stored.

The cells themselves are masked during staging, by `ingest.staging.stage`.
"""

from dataclasses import replace

from ingest.model.received import Obstacle, ReceivedFeed, ReceivedSheet, SkippedLine
from warehouse.masking import masked


def masked_feed(received: ReceivedFeed) -> ReceivedFeed:
    """The feed with its sheet names, headers, skipped lines, obstacles and ignored names masked."""
    return replace(
        received,
        sheets=tuple(map(_masked_sheet, received.sheets)),
        obstacles=tuple(map(masked_obstacle, received.obstacles)),
        ignored=tuple(map(masked, received.ignored)),
    )


def masked_obstacle(obstacle: Obstacle) -> Obstacle:
    """The obstacle with place, value and message masked."""
    place, value, message = (masked(each) for each in (obstacle.place, obstacle.value, obstacle.message))
    return replace(obstacle, place=place, value=value, message=message)


def masked_line(line: SkippedLine) -> SkippedLine:
    """The skipped line with its text masked."""
    return replace(line, text=masked(line.text))


def _masked_sheet(sheet: ReceivedSheet) -> ReceivedSheet:
    return replace(
        sheet,
        name=masked(sheet.name),
        columns=tuple(replace(each, header=masked(each.header)) for each in sheet.columns),
        set_aside=tuple(map(masked_line, sheet.set_aside)),
    )
