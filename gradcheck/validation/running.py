"""Running jobs side by side, with the results in order, and stopping them in good order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from gradcheck.validation.jobs import Job
from gradcheck.validation.limits import Limits
from gradcheck.validation.workers import Ending, StoppedError, Workers

Done = Callable[[Job, Ending], None]


def run_all(limits: Limits, jobs: Sequence[Job], processes: int, done: Done) -> None:
    """Run jobs, and hand over what became of each as soon as those before it have ended.

    Parameters
    ----------
    limits : Limits
        On each of them.
    jobs : sequence of Job
        In the order of the results.
    processes : int
        How many run at a time.
    done : callable
        Is given a job and its ending, in this thread.

    Raises
    ------
    KeyboardInterrupt
        If the user interrupts: nothing runs any more then, and all that had ended, whatever its
        place, was handed over.
    """
    workers = Workers(limits)
    pool = ThreadPoolExecutor(processes)
    waiting = {n: pool.submit(workers.run, job) for n, job in enumerate(jobs)}
    try:
        for n, job in enumerate(jobs):
            ending = waiting[n].result()
            del waiting[n]
            done(job, ending)
    except KeyboardInterrupt:
        _stop(workers, pool)
        for n, future in waiting.items():
            _hand_over(jobs[n], future, done)
        raise
    finally:
        _stop(workers, pool)


def _stop(workers: Workers, pool: ThreadPoolExecutor) -> None:
    workers.stop()
    pool.shutdown(cancel_futures=True)


def _hand_over(job: Job, future: Future[Ending], done: Done) -> None:
    """Hand over the result of a job that had ended before all were stopped."""
    if not future.cancelled() and not isinstance(future.exception(), StoppedError):
        done(job, future.result())
