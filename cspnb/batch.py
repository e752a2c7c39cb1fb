"""Many renders: run them side by side, carry on past failures, tell each as it comes."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from cspnb import params
from cspnb.errors import CspnbError, EditionError
from cspnb.jobs import Job, Outcome, fail
from cspnb.periods import Period
from cspnb.project import Project
from cspnb.render import render
from cspnb.store import Store

PRELOADED = ("cspnb.render", "nbconvert", "papermill")


def plan(project: Project, store: str, requests, **options) -> list[Job]:
    """A job for each (report, partnership, period); whatever is wrong is refused before any runs.

    A partnership may go by any name its params file gives it.
    """
    is_sample = Store(store).is_sample()
    if is_sample is None:
        raise CspnbError(
            "the store holds nothing yet",
            where=store,
            remedy="Take in some data first (cspnb ingest --help), or try cspnb demo.",
        )
    if not requests:
        raise CspnbError(
            "there is nothing to make",
            where=str(project.root),
            remedy="The folder needs files in params/partnerships and notebooks in notebooks.",
        )
    jobs = []
    for report, name, period in requests:
        project.template(report)
        slug = params.load_partnership(project, name).slug
        written = str(Period.parse(period))
        jobs.append(
            Job(str(project.root), store, report, slug, written, is_sample=is_sample, **options)
        )
    return list(dict.fromkeys(jobs))


def run(jobs: list[Job], *, workers: int, tell: Callable[[Outcome], None]) -> list[Outcome]:
    """Every job's outcome, in the order of the jobs; `tell` hears each as it comes.

    A report that fails, or whose process dies, is an outcome: the others go on. A process that
    dies takes its pool with it and nobody knows which job it was, so each job that was still
    open is run once more in a pool of its own.
    """
    outcomes: dict[Job, Outcome] = {}
    for job, outcome in _together(jobs, workers):
        outcomes[job] = outcome
        tell(outcome)
    for job in jobs:
        if job not in outcomes:
            outcomes[job] = _alone(job)
            tell(outcomes[job])
    return [outcomes[job] for job in jobs]


def _together(jobs, workers) -> Iterator[tuple[Job, Outcome]]:
    """Each job that came to an end, with its outcome; those of a broken pool are left out."""
    with _pool(min(workers, len(jobs) or 1)) as pool:
        futures = dict(_submitted(pool, jobs))
        for future in as_completed(futures):
            if not _broke(future):
                yield futures[future], future.result()


def _submitted(pool, jobs):
    """A future for each job, until the pool breaks."""
    for job in jobs:
        try:
            yield pool.submit(attempt, job), job
        except BrokenProcessPool:
            return


def _alone(job: Job) -> Outcome:
    with _pool(1) as pool:
        future = pool.submit(attempt, job)
        if not _broke(future):
            return future.result()
    return fail(job, "its process died, and died again when it was run alone")


def _broke(future) -> bool:
    return isinstance(future.exception(), BrokenProcessPool)


def _pool(workers: int) -> Executor:
    """A process a report, forked from one that has the imports; spawned where there is no fork."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(PRELOADED))
    else:
        context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, max_tasks_per_child=1)


def attempt(job: Job) -> Outcome:
    """Render, and make of any failure an outcome: one bad report must not stop a batch."""
    try:
        return render(job)
    except EditionError as error:
        return Outcome(job, "kept", 0.0, str(error))
    except CspnbError as error:
        return Outcome(job, "failed", 0.0, str(error))
    except Exception as error:  # noqa: BLE001  the edge of the batch: whatever it was, it is told
        return fail(job, f"{type(error).__name__}: {error}")
