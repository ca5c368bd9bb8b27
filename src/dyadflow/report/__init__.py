"""The report of a run: one HTML file that shows, without network, whether today's data can be trusted, and why not."""

from dyadflow.report.write import write_report

__all__ = ["write_report"]
