"""Newsroom → the site people read: static pages, feeds, drawings; complete or not there."""

from shida.publish.content import Content, DropCount, PublishReport, SourceSummary
from shida.publish.site import publish

__all__ = ["Content", "DropCount", "PublishReport", "SourceSummary", "publish"]
