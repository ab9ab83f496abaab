"""The keys that sign certificates: one for credentials, one for papers."""
