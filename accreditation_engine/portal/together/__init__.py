"""One step for many files at once: a coordinator announces the decisions of a sitting, or sends files on."""
