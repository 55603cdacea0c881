"""Where a run says it comes from: with an origin, one made on the command line can be repeated in Dagster."""

import sys

from dagster._core.code_pointer import ModuleCodePointer
from dagster._core.origin import JobPythonOrigin, RepositoryPythonOrigin
from dagster._core.remote_origin import ManagedGrpcPythonEnvCodeLocationOrigin, RemoteJobOrigin, RemoteRepositoryOrigin
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin

# As workspace.yaml names them.
_MODULE, _FUNCTION, _LOCATION, _REPOSITORY = "definitions", "perlinsos", "perlinsos", "__repository__"


def remote_origin(job: str) -> RemoteJobOrigin:
    """The job as the web interface knows it."""
    target = LoadableTargetOrigin(executable_path=sys.executable, module_name=_MODULE, working_directory=None)
    location = ManagedGrpcPythonEnvCodeLocationOrigin(target, location_name=_LOCATION)
    return RemoteJobOrigin(RemoteRepositoryOrigin(location, _REPOSITORY), job)


def code_origin(job: str) -> JobPythonOrigin:
    """The job as a process loads it."""
    return JobPythonOrigin(job, RepositoryPythonOrigin(sys.executable, ModuleCodePointer(_MODULE, _FUNCTION, None)))
