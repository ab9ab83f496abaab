"""The paper of a certificate: pure functions from what is certified to a page that lasts.

Typst sets all type, ReportLab draws the ornament and the charts, segno the QR. No database, no web.
"""
