"""Bundles: what an auditor takes along to check subjects of the trail where the site is not.

`rows` reads tables as they lie, `proving` gathers what ties events to a checkpoint, `writing` makes the zip, and
`verify_trail` checks one: a file that stands alone and lies in every bundle. Which subjects and rows belong
together is said above the trail, in `engine/bundles.py`.
"""
