# SPDX-License-Identifier: MIT
"""How long a decision takes, beside a hand-written function with the same checks.

All candidates run in turn, round after round, so that a busy machine slows all of them alike; the
ratios compare the fastest round of each. The percentiles are of single calls.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter_ns, process_time_ns
from typing import Any

from caljobs_policy import (
    Account,
    DataEntry,
    Outcome,
    Participant,
    Request,
    Requestor,
    Staff,
    Statement,
    evaluate,
    load_policy,
)
from caljobs_policy.compiler.chain import Layer
from caljobs_policy.dates.durations import noon
from caljobs_policy.decisions import ENGINES, native
from caljobs_policy.engines.native import function_for
from caljobs_policy.errors.exceptions import EngineError
from caljobs_policy.layers.compiling import compile_policy
from caljobs_policy.loader.folders import find
from caljobs_policy.loader.policies import load_profile
from caljobs_policy.loader.profiles import read_profile

DAY = date(2025, 6, 2)
ROUNDS = 40
CALLS = 2_000
POLICY = load_policy("state", DAY)
REQUEST = Request(
    type="create",
    submitted_on=DAY,
    organization="local_area",
    requestor=Requestor(role="manager_supervisor"),
    submitted_to="mis_administrator",
    attachments=("access_request_form", "confidentiality_statement", "training_certificate"),
    staff=Staff(
        employer="county",
        training_completed_on=date(2025, 1, 15),
        statement=Statement(form="e1", signed_on=date(2025, 1, 15)),
        business_need=True,
    ),
)
ACCOUNT = Account(
    username="sample-001",
    organization="local_area",
    status="active",
    created_on=date(2024, 12, 1),
    staff=Staff(
        employer="county",
        training_completed_on=date(2025, 1, 15),
        statement=Statement(form="e1", signed_on=date(2025, 1, 15)),
    ),
)
ROWS = {
    "local_area": ({"manager_supervisor", "project_manager"}, "mis_administrator"),
    "wsb_field_division": ({"manager_supervisor", "project_manager"}, "wsb_spoc"),
    "community_based_organization": ({"project_manager"}, "operations_unit"),
    "other": ({"manager_supervisor", "project_manager"}, "operations_unit"),
}


def by_hand(request: Request) -> list[str]:
    """The checks of the directive on a new account, as one would write them without a library.

    Complete facts only: it knows neither unknown nor null, and no reasons.
    """
    staff: Any = request.staff
    sent: Any = request
    wrong = []
    held = (*staff.privileges, *sent.privileges)
    if held and all(name.startswith("cash") for name in held) and not sent.privilege_group:
        return ["out of scope"]
    requestors, coordinator = ROWS[sent.organization]
    if sent.requestor.role not in requestors:
        wrong.append("requestor")
    if coordinator not in sent.submitted_to:
        wrong.append("coordinator")
    if "access_request_form" not in sent.attachments:
        wrong.append("form")
    if staff.employer == "edd":
        signed = staff.signed.get("de7410")
    else:
        signed = staff.signed.get("e1")
        if "confidentiality_statement" not in sent.attachments:
            wrong.append("copy")
        if "training_certificate" not in sent.attachments:
            wrong.append("certificate")
    if signed is None or not 0 <= (sent.submitted_on - signed).days <= 365:
        wrong.append("statement")
    trained = staff.training_completed_on
    if trained is None or not 0 <= (sent.submitted_on - trained).days <= 365:
        wrong.append("training")
    if not staff.business_need:
        wrong.append("business need")
    if sent.requestor.name and sent.requestor.name == staff.name:
        wrong.append("own request")
    if sent.answer.granted is False:
        wrong.append("refused")
    return wrong


def rounds(candidates: dict[str, tuple[Callable[[], object], int]]) -> dict[str, float]:
    """The fastest round of each candidate, in microseconds a call."""
    best = dict.fromkeys(candidates, float("inf"))
    for _ in range(ROUNDS):
        for name, (call, calls) in candidates.items():
            start = perf_counter_ns()
            for _ in range(calls):
                call()
            best[name] = min(best[name], (perf_counter_ns() - start) / calls / 1_000)
    return best


def cpu_us(call: Callable[[], object]) -> float:
    """The fastest round of a call in microseconds of CPU time, which others do not count in."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = process_time_ns()
        for _ in range(10 * CALLS):
            call()
        best = min(best, (process_time_ns() - start) / (10 * CALLS) / 1_000)
    return best


def cost_of_words() -> None:
    """Print what it costs to look up a subject's words, as a share of the verdict."""

    def all_known(subject: Request | Account) -> bool:
        """As `evaluate` asks it."""
        return not subject.own and subject.words_used <= POLICY.words_known

    at = noon(DAY, POLICY.zone)
    subject: Request | Account
    for key, subject in (("request/create", REQUEST), ("account", ACCOUNT)):
        verdict = function_for(POLICY, POLICY.plans[key])
        many = cycle([pickle.loads(pickle.dumps(subject)) for _ in range(CALLS)])
        for what, take in (("the same", lambda s=subject: s), ("a fresh", many.__next__)):
            alone = cpu_us(take)
            words = cpu_us(lambda t=take: all_known(t())) - alone
            found = cpu_us(lambda t=take, v=verdict: v(t(), at)) - alone
            whole = cpu_us(lambda t=take: evaluate(POLICY, t(), at)) - alone
            print(
                f"  words of {key}, {what} subject every time: {words:.2f} µs, "
                f"{words / found:.0%} of the verdict, {words / whole:.0%} of the decision"
            )


def percentiles(call: Callable[[], object], calls: int) -> tuple[float, float]:
    """Median and 99th percentile of single calls, in microseconds."""
    times = []
    for _ in range(calls):
        start = perf_counter_ns()
        call()
        times.append((perf_counter_ns() - start) / 1_000)
    return median(times), quantiles(times, n=100)[98]


def fastest_ms(call: Callable[[], object], times: int) -> float:
    """The fastest of some calls, in milliseconds."""
    best = float("inf")
    for _ in range(times):
        start = perf_counter_ns()
        call()
        best = min(best, (perf_counter_ns() - start) / 1_000_000)
    return best


def import_ms(statement: str) -> float:
    """The fastest time of an import in a fresh process, in milliseconds, without the start-up."""
    code = f"from time import perf_counter as t; s = t(); {statement}; print((t() - s) * 1000)"
    runs = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(7)
    )
    return min(float(run.stdout) for run in runs)


MEMORY = """
import sys
from pathlib import Path
sys.path.insert(0, {folder!r})
import decide

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

before = resident()
decide.evaluate(decide.POLICY, decide.REQUEST, engine="{engine}")
first = resident()
for _ in range({calls}):
    decide.evaluate(decide.POLICY, decide.REQUEST, engine="{engine}")
print(first - before, resident() - first)
"""


def megabytes(engine: str, calls: int) -> tuple[float, float]:
    """The memory that the first decision takes, and what many more add, in a fresh process."""
    code = MEMORY.format(engine=engine, calls=calls, folder=str(Path(__file__).parent))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    first, more = map(float, done.stdout.split())
    return first, more


def compare_engines() -> None:
    """Print what native and durable take for a request without a fault and for an empty one."""
    try:
        verdict = evaluate(POLICY, REQUEST, engine="durable")
    except EngineError as error:
        print(f"  {error.problem}")
        return
    assert verdict.outcome is Outcome.ACCEPT
    plan = POLICY.plans["request/create"]
    blank = Request(type="create")
    assert ENGINES["durable"](POLICY, plan, blank, None) == native.verdict(
        POLICY, plan, blank, None
    )
    calls = {"native": 2_000, "naive": 100, "durable": 100}
    for what, request in (("without a fault", REQUEST), ("with nothing stated", blank)):
        candidates: dict[str, tuple[Callable[[], object], int]] = {
            name: (partial(run, POLICY, plan, request, None), calls[name])
            for name, run in ENGINES.items()
        }
        for name, time in rounds(candidates).items():
            print(f"  verdicts {what}, {name:<8} {1e6 / time:9,.0f} a second   {time:9.2f} µs")
    if Path("/proc/self/statm").exists():
        for name, many in (("native", 200_000), ("durable", 20_000)):
            first, more = megabytes(name, many)
            print(f"  memory, {name}: {first:.1f} MB for the plan, {more:+.1f} MB in {many:,} more")


def compare_subjects() -> None:
    """Measure whole decisions about a standing account and about records of a participant."""
    county = load_policy("slo_county", DAY)
    entry = DataEntry(
        item="activity",
        service_date=date(2025, 5, 28),
        entered_on=DAY,
        activity_code="101",
        all_applicable_fields_entered=True,
    )
    participant = Participant(
        last_service_on=date(2025, 5, 28), last_case_note_on=date(2025, 5, 20)
    )
    at = noon(DAY, POLICY.zone)
    for what, policy, subject in (
        ("account", POLICY, ACCOUNT),
        ("record/data_entry", county, entry),
        ("record/participant", county, participant),
    ):
        assert evaluate(policy, subject, at).outcome in {Outcome.ACCEPT, Outcome.COMPLIANT}
        best = rounds(
            {
                "native": (partial(evaluate, policy, subject, at), CALLS),
                "naive": (partial(evaluate, policy, subject, at, engine="naive"), 50),
            }
        )
        times = ", ".join(f"{name} {time:.2f} µs" for name, time in best.items())
        print(f"  whole decision, {what}: {times}")
    unknown = fastest_ms(partial(evaluate, POLICY, Account(), at), 10)
    print(f"  whole decision, an account of which nothing is stated: {unknown:.1f} ms")


def main() -> None:
    """Measure, check that the answers are right, and print a table."""
    checks = function_for(POLICY, POLICY.plans["request/create"])
    assert by_hand(REQUEST) == []
    assert checks(REQUEST, None) == ((), ())
    assert evaluate(POLICY, REQUEST).outcome is Outcome.ACCEPT
    best = rounds(
        {
            "by hand": (lambda: by_hand(REQUEST), CALLS),
            "native, checks alone": (lambda: checks(REQUEST, None), CALLS),
            "native, whole decision": (lambda: evaluate(POLICY, REQUEST), CALLS),
            "native, with all reasons": (
                lambda: evaluate(POLICY, REQUEST).to_dict(everything=True),
                20,
            ),
            "naive, whole decision": (lambda: evaluate(POLICY, REQUEST, engine="naive"), 50),
        }
    )
    print(f"Python {sys.version.split()[0]}; request/create, {len(POLICY.editions)} edition(s)")
    for name, time in best.items():
        print(f"  {name:<26} {time:9.2f} µs   {time / best['by hand']:7.1f} x by hand")
    for engine, calls in (("native", 20_000), ("naive", 2_000)):
        middle, high = percentiles(partial(evaluate, POLICY, REQUEST, engine=engine), calls)
        print(f"  evaluate, {engine}: median {middle:.2f} µs, 99th percentile {high:.2f} µs")
    for name in ("state", "la_city", "slo_county"):
        read = fastest_ms(partial(read_profile, find(name).folder), 5)
        profiles = [load_profile(n) for n in dict.fromkeys((name, "state"))]
        found = [Layer(p, e) for p in profiles if (e := p.edition_on(DAY)) is not None]
        compiled = fastest_ms(partial(compile_policy, found, DAY), 5)
        again = fastest_ms(partial(load_policy, name, DAY), 50)
        print(f"  {name}: read {read:.1f} ms, compile {compiled:.1f} ms, load again {again:.2f} ms")
    cost_of_words()
    compare_subjects()
    compare_engines()
    print(f"  import caljobs_policy: {import_ms('import caljobs_policy'):.1f} ms")
    used = import_ms("from caljobs_policy import evaluate, load_policy")
    print(f"  import with evaluate and load_policy: {used:.1f} ms")


if __name__ == "__main__":
    main()
