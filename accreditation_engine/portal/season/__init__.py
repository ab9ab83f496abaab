"""The season: how many files stand where, what is late, and how much each reviewer has to do. For coordinators."""
