"""What the pipelines talk to: the state folder, the drop folder, the engine, the warehouse, the judge.

Belongs here: everything that opens a file, a process or a connection. Nothing of it happens at import.
Does not belong here: a rule about the data (pipelines), a name of Dagster's (assets).
"""
