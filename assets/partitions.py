"""The partitions: one a month. A desa is a row key, never a partition (83,762 desa by 12 months are too many)."""

from dagster import MonthlyPartitionsDefinition

PERIODS = MonthlyPartitionsDefinition(start_date="2020-01", fmt="%Y-%m", end_offset=1, timezone="Asia/Jakarta")
