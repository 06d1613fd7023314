# SPDX-License-Identifier: MIT
"""Other engines on the 25 rules of a generated area: Zen's expressions, and Polars.

Neither is needed otherwise: each is asked for by name, and has to be installed. All are given the
same accounts, and have to find the same rules broken before anything is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from importlib import import_module
from random import Random
from typing import Any, Final

from attrs import frozen

from benchmarks.cases import AT, DAY
from benchmarks.generated import EACH, Generated, account_of
from benchmarks.timing import Pair, Timed
from benchmarks.twins.generated import NAMES
from caljobs_policy import Account, Staff, load_policy, read_subject
from caljobs_policy.engines.native import function_for
from caljobs_policy.policy.policy import Policy

ROWS: Final = 10_000
_PACKAGES: Final = {"zen": "zen-engine", "polars": "polars"}


def installed(name: str) -> Any:
    """Return the module of an engine; ends where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        raise SystemExit(f"{name} is not installed; try: pip install {_PACKAGES[name]}") from None


def accounts(number: int) -> list[Account]:
    """Return accounts of which everything is stated and some rules are broken."""
    random = Random(number)  # noqa: S311  # the same accounts each time

    def day() -> date:
        return DAY - timedelta(random.randint(0, 3_100))

    def flag() -> bool:
        return random.random() < 0.5

    return [
        Account(
            username=f"{random.choice('st')}ample-{count}",
            organization="area_0",
            status=random.choice(("active", "deactivated")),
            created_on=day(),
            last_maintenance_on=day(),
            deactivated_on=DAY,
            personal_device_used=flag(),
            shared=flag(),
            automation_used=flag(),
            manager_can_view_credentials=flag(),
            administers=flag(),
            has_separate_admin_account=flag(),
            staff=Staff(
                employer=f"employer_{random.randrange(10)}",
                training_completed_on=day(),
                business_need=flag(),
                privileges=tuple(
                    name for name in ("view", "edit", "report", "delete", "approve") if flag()
                ),
            ),
        )
        for count in range(number)
    ]


@frozen
class Ours:
    """The policy of 25 rules that are about every account."""

    policy: Policy

    @property
    def verdict(self) -> Callable[[Account, Any], Any]:
        """The generated function."""
        return function_for(self.policy, self.policy.plans["account"])

    def broken(self, account: Account) -> list[bool]:
        """Return of each rule, in the order written, whether an account breaks it."""
        hits, unsure = self.verdict(account, AT)
        assert not unsure
        return [number in hits for number in range(EACH)]

    def of_account(self, account: Account) -> object:
        """Return the verdict about an account."""
        return self.verdict(account, AT)

    def of_mapping(self, mapping: Mapping[str, Any]) -> object:
        """Return the verdict about an account that a mapping states."""
        return self.verdict(read_subject(self.policy, "account", mapping), AT)  # type: ignore[arg-type]


def _ours(folders: ExitStack) -> Ours:
    folder = folders.enter_context(Generated(EACH, has_areas=False).folder())
    return Ours(load_policy(folder, DAY))


def zen_pairs(folders: ExitStack) -> Iterator[Pair]:
    """Return verdicts beside Zen's compiled expression, from a subject and from a mapping."""
    zen, ours = installed("zen"), _ours(folders)
    by_number, by_text = map(zen.compile_expression, (_zen(_NUMBERS), _zen(_TEXTS)))
    for one in accounts(500):
        assert by_number.evaluate(_numbers(one)) == ours.broken(one)
        assert ours.of_mapping(_mapping(one)) == ours.of_account(one)
        assert by_text.evaluate(_texts(_mapping(one))) == ours.broken(one)
    account = account_of(0)
    mapping = _mapping(account)
    typed = Timed(partial(ours.verdict, account, AT))
    numbers, texts = _numbers(account), _texts(mapping)
    pair = partial(Pair, "zen", f"{EACH} rules")
    yield pair(
        "verdict, from a subject",
        typed,
        Timed(lambda: by_number.evaluate(_numbers(account))),
        "Zen, dict made of it",
    )
    yield pair(
        "verdict, from a subject",
        typed,
        Timed(partial(by_number.evaluate, numbers)),
        "Zen, dict at hand, days as numbers",
    )
    yield pair(
        "verdict, from a dict",
        Timed(partial(ours.of_mapping, mapping)),
        Timed(partial(by_text.evaluate, texts)),
        "Zen, dict at hand",
    )


_NUMBERS: Final = "(today - {})"
_TEXTS: Final = "((date(today) - date({})) / 86400)"


def _zen(days: str) -> str:
    """Return the expression of all rules; `days` is how days from a date to today are counted."""
    trained, created, maintained = map(
        days.format, ("training_completed_on", "created_on", "last_maintenance_on")
    )
    listed = ", ".join(f'"employer_{number}"' for number in range(5))
    rules = (
        "shared",
        "automation_used",
        "personal_device_used",
        "manager_can_view_credentials",
        "not business_need",
        "administers and not has_separate_admin_account",
        'status != "active"',
        f"employer not in [{listed}]",
        'employer == "employer_5"',
        'not all(privileges, # in ["view", "edit", "report"])',
        '"delete" in privileges',
        '"approve" in privileges',
        '"view" not in privileges',
        f"{trained} > 300",
        f"{trained} <= 1",
        f"{created} < 10",
        f"{created} > 3000",
        f"{maintained} > 365",
        f"{maintained} > {created}",
        f"{trained} > {created}",
        f"{created} - {maintained} < 5",
        'employer == "employer_9" and shared',
        '"report" not in privileges and status != "deactivated"',
        'not startsWith(username, "s")',
        'employer == "employer_8"',
    )
    assert len(rules) == EACH
    return f"[{', '.join(rules)}]"


def _flat(account: Account) -> dict[str, Any]:
    """Return what the rules read, as one level of keys."""
    stated: Any = account
    staff = stated.staff
    return {
        "username": stated.username,
        "status": stated.status,
        "created_on": stated.created_on,
        "last_maintenance_on": stated.last_maintenance_on,
        "personal_device_used": stated.personal_device_used,
        "shared": stated.shared,
        "automation_used": stated.automation_used,
        "manager_can_view_credentials": stated.manager_can_view_credentials,
        "administers": stated.administers,
        "has_separate_admin_account": stated.has_separate_admin_account,
        "employer": staff.employer,
        "training_completed_on": staff.training_completed_on,
        "business_need": staff.business_need,
        "privileges": list(staff.privileges),
    }


_DAYS: Final = ("created_on", "last_maintenance_on", "training_completed_on")


def _numbers(account: Account) -> dict[str, Any]:
    """Return an account as Zen reads it fastest, with days as numbers."""
    found = _flat(account)
    for name in _DAYS:
        found[name] = found[name].toordinal()
    found["today"] = DAY.toordinal()
    return found


def _mapping(account: Account) -> dict[str, Any]:
    """Return an account as a program would receive it, with days as texts."""
    flat = {k: v.isoformat() if k in _DAYS else v for k, v in _flat(account).items()}
    staff = {name: flat.pop(name) for name in _OF_STAFF}
    return {**flat, "staff": staff}


_OF_STAFF: Final = ("employer", "training_completed_on", "business_need", "privileges")


def _texts(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Return such a mapping as Zen reads it, all on one level."""
    flat = {name: value for name, value in mapping.items() if name != "staff"}
    return {**flat, **mapping["staff"], "today": DAY.isoformat()}


def polars_pairs(folders: ExitStack) -> Iterator[Pair]:
    """Return verdicts one by one beside those that Polars finds of a frame, for each account."""
    polars, ours = installed("polars"), _ours(folders)
    many = accounts(ROWS)
    rows = [_flat(account) for account in many]
    rules = [rule.alias(name) for rule, name in zip(_polars(polars), NAMES, strict=True)]
    frame = polars.DataFrame(rows)
    found = frame.select(rules).rows()
    assert [list(row) for row in found] == [ours.broken(account) for account in many]
    mappings = [_mapping(account) for account in many]
    pair = partial(Pair, "polars", f"{EACH} rules, {ROWS:,} accounts", per=ROWS)
    yield pair(
        "verdict, from a subject",
        Timed(partial(_each, ours.of_account, many)),
        Timed(lambda: frame.select(rules)),
        "Polars, frame at hand",
    )
    yield pair(
        "verdict, from a dict",
        Timed(partial(_each, ours.of_mapping, mappings)),
        Timed(lambda: polars.DataFrame(rows).select(rules)),
        "Polars, frame made of dicts",
    )


def _each(call: Callable[[Any], object], several: Sequence[Any]) -> None:
    for one in several:
        call(one)


def _polars(polars: Any) -> list[Any]:
    """Return the rules as expressions, in the order written."""
    col, today = polars.col, polars.lit(DAY)
    employer, privileges, status = col("employer"), col("privileges"), col("status")
    trained, created, maintained = (
        (today - col(name)).dt.total_days()
        for name in ("training_completed_on", "created_on", "last_maintenance_on")
    )

    def has(name: str) -> Any:
        return privileges.list.contains(name)

    return [
        col("shared"),
        col("automation_used"),
        col("personal_device_used"),
        col("manager_can_view_credentials"),
        ~col("business_need"),
        col("administers") & ~col("has_separate_admin_account"),
        status != "active",
        ~employer.is_in([f"employer_{number}" for number in range(5)]),
        employer == "employer_5",
        privileges.list.set_difference(["view", "edit", "report"]).list.len() > 0,
        has("delete"),
        has("approve"),
        ~has("view"),
        trained > 300,
        trained <= 1,
        created < 10,
        created > 3_000,
        maintained > 365,
        maintained > created,
        trained > created,
        created - maintained < 5,
        (employer == "employer_9") & col("shared"),
        ~has("report") & (status != "deactivated"),
        ~col("username").str.starts_with("s"),
        employer == "employer_8",
    ]


BESIDE: Final[Mapping[str, Callable[[ExitStack], Iterator[Pair]]]] = {
    "zen": zen_pairs,
    "polars": polars_pairs,
}
"""What can be set beside the library, by the name that it is asked for."""
