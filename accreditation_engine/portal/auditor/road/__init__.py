"""The road of one file: through which states it went, how long it stayed, and who moved it on."""
