"""What keeps a certificate alive: surveillance, yearly filings and special audits, each with a life of its own
(docs/decisions/043)."""
