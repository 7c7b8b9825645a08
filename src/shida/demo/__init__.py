"""The sample newsroom: pages as package data, and what builds a newsroom and its site from them."""

from __future__ import annotations

from shida.demo.build import DEMO_DAY, build_demo

__all__ = ["DEMO_DAY", "build_demo"]
