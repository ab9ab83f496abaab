"""The documents of an organisation's profile, as files: kept version by version, and never written over."""
