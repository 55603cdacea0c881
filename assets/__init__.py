"""What is materialised: an asset is a name, its lineage, its checks, and one call to a pure function.

Belongs here: the assets, the job over them, what starts it. Does not belong here: a rule about the data (pipelines),
a file or a connection (resources).
"""
