"""The stages: a function whose name is its table and whose parameters are the tables it needs."""
