"""What runs in a process of its own: imports a target, and lists or examines what is in it."""

from __future__ import annotations

import os
import sys
import traceback
from functools import partial
from pathlib import Path
from typing import NoReturn

from gradcheck.adapters.targets import TargetError
from gradcheck.validation import endings
from gradcheck.validation.discovery import discover
from gradcheck.validation.examining import Examiner, Tell
from gradcheck.validation.jobs import LIST, Job, tell
from gradcheck.validation.limits import limit_memory


def main(job: Job, tell: Tell) -> None:
    """Do a job and tell what came of it, unless the code under test ends the process."""
    limit_memory(job.gigabytes)
    try:
        if job.task == LIST:
            _list(job, tell)
        else:
            found = discover(job.target).candidates
            Examiner(job, tell).examine(next(one for one in found if one.name == job.layer))
    except TargetError as error:
        # code that raises on import is a matter of the code, all else one of the command line
        tell(**{"refused" if error.__cause__ is None else "crashed": str(error)})
    except BaseException as error:  # an exit of the code under test is none of ours
        tell(crashed=endings.of_code(error, job.gigabytes) or _raised(error))
    else:
        tell(finished=True)


def _raised(error: BaseException) -> str:
    """Say which error was raised, and print where: it is kept with what the code prints."""
    traceback.print_exception(error)
    return " ".join(f"raised {type(error).__name__}: {error}".split())


def _list(job: Job, tell: Tell) -> None:
    found = discover(job.target)
    for candidate in found.candidates:
        tell(layer=candidate.name)
    for name in found.others:
        tell(other=name)


def work(job: str, path: str) -> NoReturn:
    """Do a job that is given as JSON, write the answers to a file, and end the process."""
    with Path(path).open("w", encoding="utf-8") as answers:
        main(Job.from_json(job), partial(tell, answers))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)  # whatever the code under test has left running or registered is not waited for
