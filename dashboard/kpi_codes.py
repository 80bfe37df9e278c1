"""The KPIs that pages refer to by code; everything else about KPIs is read from `dim_kpis` and `kpi_parts`."""

ON_TIME = "on_time_rate"
"""The figure of headlines, trends and ranks."""

OVERDUE = "overdue_open"
OPEN_AND_OVERDUE = "overdue_rate"
OVERDUE_INHERITED = "overdue_inherited"
DIALOGUES = "dialogues_held"
HEAD_CHAIRED = "head_chaired_rate"
SUPERVISED = "supervised_rate"
FEEDS_ON_TIME = "feed_on_time_rate"
