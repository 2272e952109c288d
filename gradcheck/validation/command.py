"""What ``gradcheck validate`` does: list, examine, print and write.  Returns exit statuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from gradcheck.reporting import Report, provenance, write
from gradcheck.reporting.files import stage
from gradcheck.validation import messages
from gradcheck.validation.jobs import EXAMINE, LIST, Job
from gradcheck.validation.junit import junit
from gradcheck.validation.limits import memory_can_be_limited
from gradcheck.validation.options import Options, RefusedError, check, not_writable
from gradcheck.validation.outcomes import CRASHED, Outcome, outcome
from gradcheck.validation.running import run_all
from gradcheck.validation.workers import Ending

EXIT = {"disagree": 1, CRASHED: 1, "inconclusive": 3, "agree": 0}
"""Exit statuses by verdict, the worst first."""
COULD_NOT_RUN = 2
INTERRUPTED = 130


def validate(options: Options) -> int:
    """Validate the layers of targets, print what was found and write the files that are wanted.

    Returns
    -------
    int
        The exit status: 0 all agree, 1 something disagrees or crashed, 3 something is
        inconclusive and nothing worse, 2 it could not run, 130 it was interrupted.
    """
    validation = Validation(options)
    try:
        check(options)
        if not memory_can_be_limited():
            click.echo(
                "gradcheck: this platform limits no memory, --memory has no effect", err=True
            )
        interrupted = validation.run()
        validation.tell()
        validation.write()
    except RefusedError as error:
        click.echo(f"gradcheck: {error}", err=True)
        return COULD_NOT_RUN
    return INTERRUPTED if interrupted else validation.status


class Validation:
    """How far it came: all of it is printed and written, also after an interruption."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._outcomes: list[Outcome] = []
        self._waiting: list[Job] = []
        self._others: dict[str, list[str]] = {}

    def run(self) -> bool:
        """Examine what the targets have; tell whether the user interrupted that."""
        options = self._options
        try:
            self._waiting = [options.job(LIST, target) for target in options.targets]
            self._run(self._listed)
            self._run(self._examined)
            self._assert_something_was_found()
        except KeyboardInterrupt:
            return True
        return False

    def _run(self, done: Callable[[Job, Ending], None]) -> None:
        """Run the jobs that are waiting; each that is done waits no more."""
        jobs, self._waiting = self._waiting, list(self._waiting)

        def one(job: Job, ending: Ending) -> None:
            self._waiting.remove(job)
            done(job, ending)

        run_all(self._options.limits, jobs, self._options.jobs, one)

    def _listed(self, job: Job, ending: Ending) -> None:
        for answer in ending.answers:
            if "refused" in answer:
                raise RefusedError(str(answer["refused"]))
            if "layer" in answer:
                self._waiting.append(self._options.job(EXAMINE, job.target, answer["layer"]))
        self._note_others(job, ending)
        if ending.crashed:
            self._add(outcome(job.target, job.target, ending))

    def _examined(self, job: Job, ending: Ending) -> None:
        self._note_others(job, ending)
        place = job.target.partition(":")[0]
        made = outcome(
            job.target,
            job.layer,
            ending,
            require_digits=self._options.require_digits,
            reproduce=self._options.command_for([f"{place}:{job.layer}"]),
        )
        if made.findings:
            self._add(made)

    def _assert_something_was_found(self) -> None:
        if not self._outcomes:
            seen = "; ".join(f"{target} has {', '.join(o)}" for target, o in self._others.items())
            raise RefusedError(f"no layers were found: {seen}, which return no gradients")

    def _note_others(self, job: Job, ending: Ending) -> None:
        """Remember what turned out to be no layer."""
        found = [str(answer["other"]) for answer in ending.answers if "other" in answer]
        self._others.setdefault(job.target, []).extend(found)

    def _add(self, made: Outcome) -> None:
        self._outcomes.append(made)
        if not self._options.json:
            click.echo(messages.text(made))

    @property
    def status(self) -> int:
        """The exit status: that of the worst layer."""
        verdicts = {made.verdict for made in self._outcomes}
        return next(status for verdict, status in EXIT.items() if verdict in verdicts)

    @property
    def _report(self) -> Report:
        """All findings."""
        options = self._options
        return Report.of(
            (finding for made in self._outcomes for finding in made.findings),
            provenance(seed=options.seed, command=options.command_for(options.targets)),
            require_digits=options.require_digits,
        )

    @property
    def _not_reached(self) -> list[str]:
        return [":".join(filter(None, [job.target, job.layer])) for job in self._waiting]

    def tell(self) -> None:
        """Print what comes after the layers, or all of it as JSON."""
        if self._options.json:
            click.echo(messages.to_json(self._outcomes, self._report, self._not_reached), nl=False)
            return
        for line in self._remarks():
            click.echo(line)
        click.echo(f"{messages.summary(self._outcomes, self._report)} (seed {self._options.seed})")

    def _remarks(self) -> Iterator[str]:
        for target, others in self._others.items():
            if others:
                yield f"not looked at in {target}: {', '.join(others)}"
        if self._waiting:
            yield f"interrupted; not reached: {', '.join(self._not_reached)}"

    def write(self) -> None:
        """Write the files that are wanted, each whole or not at all."""
        out, path = self._options.out, self._options.junit
        written = _written("--out", out, lambda place: write(self._report, place))
        written += _written("--junit", path, lambda place: _store(place, junit(self._outcomes)))
        for file in written if not self._options.json else ():
            click.echo(f"wrote {file}")


def _written(option: str, place: Path | None, writer: Callable[[Path], list[Path]]) -> list[Path]:
    """Write what is wanted and return the files."""
    if place is None:
        return []
    try:
        return writer(place)
    except OSError as error:
        raise not_writable(option, place, error) from None


def _store(path: Path, text: str) -> list[Path]:
    stage(path, text).replace(path)
    return [path]
