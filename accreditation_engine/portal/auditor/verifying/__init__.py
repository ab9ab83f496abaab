"""Verifying the whole trail from the desk: one run at a time, by the worker, with its result kept."""
