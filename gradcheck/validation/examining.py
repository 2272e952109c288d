"""Examining one layer: what was found in a target is given inputs, and checked on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from gradcheck.adapters.examples import (
    NoExampleError,
    described,
    examples_of,
    parse_arguments,
    parse_shapes,
)
from gradcheck.checks.budget import Budget
from gradcheck.checks.finding import Finding
from gradcheck.checks.records import record_of
from gradcheck.examination import (
    CHECKS,
    DERIVATIVE,
    SEARCH,
    Examination,
    examine_operation,
)
from gradcheck.notation import Layer, Operation
from gradcheck.validation.discovery import Candidate
from gradcheck.validation.doubts import disagrees, doubt
from gradcheck.validation.jobs import Job
from gradcheck.validation.rows import undecided

Tell: TypeAlias = Callable[..., None]


@dataclass(frozen=True)
class Examiner:
    """One job, and where its answers go.

    Attributes
    ----------
    job : Job
        What is to be done.
    tell : callable
        Takes an answer by keyword.
    """

    job: Job
    tell: Tell

    def examine(self, candidate: Candidate) -> None:
        """Tell the findings on a candidate, and on which example they were made."""
        how: dict[str, Any] = {
            "seed": self.job.seed,
            "budget": Budget(self.job.budget),
            "entitlement": self.job.entitlement,
        }
        if isinstance(candidate.subject, Operation):
            findings: Iterable[Finding] = examine_operation(candidate.subject, **how)
        else:
            findings = self._examined(candidate, how)
        for finding in findings:  # each at once: what was found outlives a crash
            self.tell(finding=record_of(finding))

    def _examined(self, candidate: Candidate, how: dict[str, Any]) -> Iterator[Finding]:
        examples = self._examples(candidate)
        try:
            first = next(examples)
        except NoExampleError as error:
            if candidate.certain:
                yield undecided(candidate.name, str(error))
            else:  # it is no layer, as far as can be seen
                self.tell(other=candidate.name)
            return
        self.tell(name=first.name, example=described(first))
        examination = Examination(first, explain=False, **how)
        if disagrees(examination.findings(DERIVATIVE)):
            row = doubt(first, examples, **how)
            if row is not None:
                yield row
                return
            examination = Examination(first, **how)  # with the causes, which take seconds
        for check in CHECKS:
            yield from examination.findings(check)
        if self.job.search:
            yield from examination.findings(SEARCH)

    def _examples(self, candidate: Candidate) -> Iterator[Layer]:
        job = self.job
        return examples_of(
            candidate.subject,
            candidate.backward,
            arguments=parse_arguments(job.arguments) if job.arguments else None,
            shapes=parse_shapes(job.shapes) if job.shapes else None,
            seed=job.seed,
            name=candidate.name,
            kind=job.kind or None,
        )
