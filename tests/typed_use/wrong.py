# SPDX-License-Identifier: MIT
# pyright: strict, reportWildcardImportFromLibrary=false
"""Misuses of the library; type checkers have to refuse each line that ends in `# wrong`."""

from __future__ import annotations

from datetime import date

import caljobs_policy
from caljobs_policy import Account, DataEntry, Decision, Finding, Policy, Request, Staff
from caljobs_policy import Subjekt  # wrong
from caljobs_policy import evaluate, load_policy, load_profile, review
from caljobs_policy import *


def misused(policy: Policy, decision: Decision, finding: Finding, account: Account) -> None:
    caljobs_policy.evalute(policy, account)  # wrong
    evalute(policy, account)  # wrong
    date_time(2025, 6, 2)  # wrong
    Request(attachments=[])  # wrong
    Request(type="create", attachments=5)  # wrong
    Request(type="create", attachments=[5])  # wrong
    Request(type="create", attachment=[])  # wrong
    Request("create")  # wrong
    Request(type="create", submitted_on="2025-06-02")  # wrong
    Request(type="create", staff="Sample")  # wrong
    Request(type="create", sent_to=5)  # wrong
    Request(type="create", own=5)  # wrong
    Staff(statement="e1")  # wrong
    DataEntry(approvals=5)  # wrong
    Account(status=True)  # wrong
    evaluate(policy, None)  # wrong
    evaluate(policy, finding)  # wrong
    evaluate("state", account)  # wrong
    evaluate(policy, account, date(2025, 6, 2))  # wrong
    evaluate(policy, account, None, "naive")  # wrong
    load_policy("state", "2025-06-02")  # wrong
    load_policy("state")  # wrong
    load_profile(5)  # wrong
    review(policy, [finding])  # wrong
    policy.plans.pop("account")  # wrong
    policy.words["roles"] = {}  # wrong
    policy.jurisdiction = "elsewhere"  # wrong
    finding.because.update({})  # wrong
    finding.message = ""  # wrong
    decision.permits()  # wrong
    decision.permits(True)  # wrong
    decision.outcome = decision.outcome  # wrong
    account.status = "active"  # wrong
    account.own["seen"] = True  # wrong
    decision.findngs  # wrong
    PolicyStore(reload="often")  # wrong
    PolicyStore(["state"]).get("state", "2025-06-02")  # wrong
    finding.fields = ()  # wrong
    decision.record().outcome = decision.outcome  # wrong
    decision.record(True)  # wrong
    decide("state", 5)  # wrong
    decide("state", account, store="state")  # wrong
    fields("request")  # wrong
    case_schema("state")  # wrong
    decide(policy, account)  # wrong
    decide_many("state", [account])  # wrong
    decide_many(policy, [finding])  # wrong
    decision.record().facts["status"] = ""  # wrong
