"""What the flows share: settings from parameters, progress as artifacts, errors of users without a traceback."""

import logging

from prefect.artifacts import create_progress_artifact, update_progress_artifact

from dyadflow.errors import DyadflowError
from dyadflow.settings import Settings


def settings_of(data: str, options: dict | None = None) -> Settings:
    """The settings of a flow run: environment, then what the run was given."""
    return Settings(data=data, **(options or {}))


class Progress:
    """A progress artifact that follows a stage; made when the stage first ticks."""

    def __init__(self, key: str, description: str):
        self.key, self.description, self.artifact = key, description, None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Move the artifact to done/total."""
        share = 100.0 * done / total if total else 100.0
        if self.artifact is None:
            self.artifact = create_progress_artifact(progress=share, key=self.key, description=self.description)
        else:
            update_progress_artifact(self.artifact, progress=share)


class PlainUserErrors(logging.Filter):
    """Errors that are the user's to mend are logged as one line, without traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record; strip the traceback where the error is one of dyadflow's own."""
        if record.exc_info and isinstance(record.exc_info[1], DyadflowError):
            record.msg, record.args, record.exc_info = "%s", (record.exc_info[1],), None
        return True


def plain_user_errors() -> None:
    """Log users' errors plainly on the loggers of flow and task runs."""
    for name in ("prefect.flow_runs", "prefect.task_runs", "prefect"):
        logger = logging.getLogger(name)
        if not any(isinstance(one, PlainUserErrors) for one in logger.filters):
            logger.addFilter(PlainUserErrors())
