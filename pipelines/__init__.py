"""What happens to the data: declarations and pure functions.

Belongs here: the declaration of each source, the reading of a file into rows, the stages (one function a
table, Ibis expressions over tables), the tables of the warehouse, the invented kabupaten.
Does not belong here: Dagster, a connection, the clock, the environment.
"""
