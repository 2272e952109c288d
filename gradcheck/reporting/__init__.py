"""Findings as reports: a DataFrame, text, Markdown, CSV and JSON."""

from gradcheck.reporting.files import write
from gradcheck.reporting.provenance import provenance
from gradcheck.reporting.report import Report
from gradcheck.reporting.tables import table

__all__ = ["Report", "provenance", "table", "write"]
