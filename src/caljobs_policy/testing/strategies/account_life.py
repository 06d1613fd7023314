# SPDX-License-Identifier: MIT
"""The life of an account as a state machine, in which a system has to answer as a policy does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from caljobs_policy.analysis.samples import in_json, in_yaml
from caljobs_policy.conformance.adapters.callable import callable_adapter
from caljobs_policy.conformance.asking import Answered, judged
from caljobs_policy.conformance.posing import Source, posed
from caljobs_policy.conformance.stated import Path, stating
from caljobs_policy.dates.durations import noon
from caljobs_policy.decisions.decision import Decision
from caljobs_policy.policy.outcome import Outcome
from caljobs_policy.policy.policy import Policy
from caljobs_policy.subjects.account import Account, Incident
from caljobs_policy.subjects.facts import REQUEST, Subject
from caljobs_policy.subjects.fields import Kind, fields_of
from caljobs_policy.subjects.writing import subject_to_dict
from caljobs_policy.testing.strategies.accepting import small_accepted, small_misses

_MISUSES: Final = [n for n, h in fields_of(Account).items() if h.kind is Kind.FLAG and h.given]
"""The facts about how an account was used that cannot be undone."""
_STEPS: Final = [*fields_of(Incident)]
_CREATE: Final = f"{REQUEST}/create"


class AccountLife(RuleBasedStateMachine):
    """The life of one account, from the request for it to its end and what follows.

    A class that derives from it names a `policy` and answers cases, as the function of an adapter
    does: with the JSON of a decision, a part of it, or None where the system claims nothing. Each
    request, and the account after each step, has to be answered as the policy does.
    """

    policy: ClassVar[Policy]
    time_limit: ClassVar[float] = 10
    """How many seconds an answer may take."""

    def __init__(self) -> None:
        super().__init__()
        self.now = noon(self.policy.day, self.policy.zone)
        self.account: Mapping[str, Any] | None = None
        """What the account states, once there is one."""
        self._line = callable_adapter(self.answer, self.time_limit).connect()

    def answer(self, case: dict[str, Any]) -> Mapping[str, Any] | None:
        """Answer a case; a class that derives from this one says how."""
        raise NotImplementedError

    def teardown(self) -> None:
        """Let go of the system."""
        self._line.close()

    @rule(days=st.integers(0, 400), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        """Go on, by days and hours."""
        self.now += timedelta(days=days, hours=hours)

    @initialize()
    def account_is_asked_for(self) -> None:
        """Make the request by which the account comes to be."""
        good = small_accepted(self.policy, _CREATE) if _CREATE in self.policy.plans else None
        self._ask({"type": "create"} if good is None else self._as_of_today(good))
        if self.account is None:
            self.account = {"status": "active", "created_on": self._today, "staff": {}}

    @rule(data=st.data())
    def somebody_asks(self, data: st.DataObject) -> None:
        """Make a request that is in order, or one that lacks a single thing."""
        keys = [key for key in self.policy.plans if key.startswith(f"{REQUEST}/")]
        key = data.draw(st.sampled_from(keys)) if keys else _CREATE
        good = small_accepted(self.policy, key) if keys else None
        if good is not None:
            known = [good, *(one.subject for one in small_misses(self.policy, key))]
            number = data.draw(st.integers(0, len(known) - 1), label="which request")
            self._ask(self._as_of_today(known[number]))

    def _ask(self, request: Mapping[str, Any]) -> None:
        """Make a request; what is accepted is done."""
        if self._asked(REQUEST, request).outcome is Outcome.ACCEPT:
            self._follow(request)

    def _as_of_today(self, subject: Subject) -> Mapping[str, Any]:
        """Return what a request states today, about the holder of the account."""
        stated: Mapping[str, Any] = in_json(subject_to_dict(subject, private=True))
        if isinstance(stated.get("staff"), Mapping) and self.account is not None:
            stated = {**stated, "staff": {**stated["staff"], **self.account["staff"]}}
        return {**stated, "submitted_on": self._today}

    def _follow(self, request: Mapping[str, Any]) -> None:
        """Do what was asked for."""
        issued = {"issued_at": self.now.isoformat()}
        if request["type"] == "create":
            self.account = {
                **{key: value for key, value in request.items() if key == "organization"},
                "status": "active",
                "created_on": self._today,
                "staff": request.get("staff") or {},
                "temporary_password": issued,
            }
        elif self.account is not None and request["type"] == "reset":
            self._put(("temporary_password",), issued)
        elif self.account is not None and request["type"] == "annual_maintenance":
            self._put(("last_maintenance_on",), self._today)
        elif self.account is not None and request["type"] == "deactivate":
            self.account_is_deactivated()

    @rule()
    def holder_completes_the_training(self) -> None:
        """Complete the training anew."""
        self._put(("staff", "training_completed_on"), self._today)

    @rule(data=st.data())
    def holder_signs_a_statement(self, data: st.DataObject) -> None:
        """Sign one of the forms."""
        forms = sorted(self.policy.words.get("statements", ()))
        if forms:
            signed = {"form": data.draw(st.sampled_from(forms)), "signed_on": self._today}
            self._put(("staff", "statement"), [signed])

    @rule()
    def holder_logs_in(self) -> None:
        """Log in with the temporary password."""
        self._put(("temporary_password", "first_login_at"), self.now.isoformat())

    @rule()
    def holder_changes_the_password(self) -> None:
        """Change the temporary password."""
        self._put(("temporary_password", "changed_at"), self.now.isoformat())

    @rule(how=st.sampled_from(_MISUSES))
    def account_is_misused(self, how: str) -> None:
        """Use the account as it must not be used."""
        self._put((how,), True)

    @rule()
    def holder_leaves(self) -> None:
        """Separate the holder from the employer."""
        self._put(("separated_on",), self._today)

    @rule()
    def need_ends(self) -> None:
        """End the need for the account."""
        self._put(("need_ended_on",), self._today)

    @rule()
    def account_is_deactivated(self) -> None:
        """Deactivate the account."""
        self._put(("status",), "deactivated")
        self._put(("deactivated_on",), self._today)

    @rule(step=st.sampled_from(_STEPS))
    def incident_is_followed_up(self, step: str) -> None:
        """Take one of the steps that follow an incident."""
        self._put(("incident", step), self._today)

    @invariant()
    def account_is_answered(self) -> None:
        """The system answers the account as the policy does."""
        if self.account is not None:
            self._asked("account", self.account)

    @property
    def _today(self) -> str:
        return self.now.date().isoformat()

    def _put(self, path: Path, value: Any) -> None:
        self.account = stating(self.account or {}, path, value)

    def _asked(self, kind: str, stated: Mapping[str, Any]) -> Decision:
        """Ask the system about a case, and compare what it claims."""
        case = posed(self.policy, kind, stated, self.now, Source.RANDOM)
        if case is None:
            raise LookupError(f"the policy cannot read the {kind}")
        answered = judged(case, self._line.ask(case.asked))
        if answered.fault is not None or answered.differences:
            raise AssertionError(_told(answered))
        return answered.decision


def _told(answered: Answered) -> str:
    """Return a case with what is wrong with the answer to it."""
    wrong = [answered.fault] if answered.fault else []
    for one in answered.differences:
        wrong.append(f"{one.aspect}: the policy says {one.ours}, the system {one.theirs}")
    return "\n".join(["the system answers otherwise", *wrong, "", in_yaml(answered.posed.asked)])
