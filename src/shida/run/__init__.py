"""The only loop: stages over what is new, in local processes, with a ledger of what is done.

report = run(newsroom, PAGE_STAGES, group_stage, pack, today="2026-11-22")
"""

from __future__ import annotations

from shida.run.loop import run
from shida.run.report import RunReport, StageReport
from shida.run.stages import PageStage, PageWork, StoryStage

__all__ = ["PageStage", "PageWork", "RunReport", "StageReport", "StoryStage", "run"]
