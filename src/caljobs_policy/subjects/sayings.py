# SPDX-License-Identifier: MIT
"""How sentences speak of a fact: that it is so, that it is not, and what a list holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import frozen

from caljobs_policy.plain.field_repr import FieldRepr


@frozen
class Saying(FieldRepr):
    """The clauses of a sentence about one fact."""

    yes: str
    """That it is true, or exists."""
    no: str
    """That it is false, or does not exist."""
    not_no: str = ""
    """That it is not false, though it may not have been said to be true."""
    holding: str = ""
    """That a list contains something, for which `{the}` or `{words}` stands."""
    lacking: str = ""
    """That a list does not contain it."""
    adding: str = ""
    """What to do so that a list contains it."""
    taking: str = ""
    """What to do so that it does not."""


def of_flag(title: str) -> Saying:
    """Return the saying of a yes-or-no question that has no clauses of its own."""
    return Saying(f"{title}: yes", f"{title}: no", f"{title}: yes, or not said")


def of_value(title: str) -> Saying:
    """Return the saying of a value that has no clauses of its own."""
    return Saying(
        f"the {title} is stated",
        f"the {title} is not stated",
        holding=f"the {title} includes {{words}}",
        lacking=f"the {title} does not include {{words}}",
    )


SAYINGS: Final[Mapping[str, Saying]] = {
    # Requests and staff
    "addresses that the request was sent to": Saying(
        "the request was sent to an address",
        "the request was sent to no address",
        holding="the request was sent to {words}",
        lacking="the request was not sent to {words}",
        adding="send the request to {words}",
        taking="do not send it to {words}",
    ),
    "answer to the request": Saying(
        "the request was granted", "the request was refused", "the request was not refused"
    ),
    "approvals on file": Saying(
        "approvals are on file",
        "no approvals are on file",
        holding="the approval of {the} is on file",
        lacking="the approval of {the} is not on file",
        adding="get the approval of {the}",
        taking="do without the approval of {the}",
    ),
    "attachments": Saying(
        "something is attached",
        "nothing is attached",
        holding="{the} is attached",
        lacking="{the} is not attached",
        adding="attach {the}",
        taking="leave out {the}",
    ),
    "business need for access": Saying(
        "the staff member has a business need for access",
        "the staff member has no business need for access",
    ),
    "change of employment status": Saying(
        "a change of employment status is stated", "no change of employment status is stated"
    ),
    "confirmation that the training is complete": Saying(
        "the message confirms that the training is complete",
        "the message does not confirm that the training is complete",
    ),
    "day the training was completed": Saying(
        "the training was completed", "the training was not completed"
    ),
    "end of the business need": Saying(
        "an end of the business need is stated", "no end of the business need is stated"
    ),
    "name of the office": Saying("the office is named", "the office is not named"),
    "privilege group asked for": Saying(
        "a privilege group is asked for", "no privilege group is asked for"
    ),
    "privileges asked for": Saying(
        "the request asks for privileges",
        "the request asks for no privileges",
        holding="the request asks for {words}",
        lacking="the request does not ask for {words}",
        adding="ask for {words}",
        taking="do not ask for {words}",
    ),
    "privileges held": Saying(
        "the staff member holds privileges",
        "the staff member holds no privileges",
        holding="the staff member holds {words}",
        lacking="the staff member does not hold {words}",
    ),
    "privileges to take away": Saying(
        "the request takes privileges away",
        "the request takes no privileges away",
        holding="the request takes away {words}",
        lacking="the request does not take away {words}",
        adding="take away {words}",
        taking="do not take away {words}",
    ),
    "proposed password": Saying("a password is proposed", "no password is proposed"),
    "reason of the answer": Saying("the answer gives a reason", "the answer gives no reason"),
    "requestor's name": Saying("the requestor is named", "the requestor is not named"),
    "roles that the request went to": Saying(
        "the request went to somebody",
        "the request went to nobody",
        holding="the request went to {the}",
        lacking="the request did not go to {the}",
        adding="send the request to {the}",
        taking="do not send it to {the}",
    ),
    "signature of the requestor on the form": Saying(
        "the requestor signed the form", "the requestor did not sign the form"
    ),
    "staff member's name": Saying("the staff member is named", "the staff member is not named"),
    "staff member's work duties": Saying(
        "the staff member's work duties are stated",
        "the staff member's work duties are not stated",
        holding="the staff member's work includes {words}",
        lacking="the staff member's work does not include {words}",
    ),
    "subject line of the message": Saying(
        "the message has a subject line", "the message has no subject line"
    ),
    "text on additional duties": Saying(
        "additional duties are named", "no additional duties are named"
    ),
    "time of the separation": Saying("a separation is stated", "no separation is stated"),
    "whether the coordinator can set the privileges": Saying(
        "the coordinator can set the privileges", "the coordinator cannot set the privileges"
    ),
    # Accounts and offices
    "administration of accounts by the holder": Saying(
        "the holder administers accounts", "the holder administers no accounts"
    ),
    "credentials that a manager can view": Saying(
        "a manager can view the credentials", "no manager can view the credentials"
    ),
    "day of the investigation": Saying(
        "an investigation is on file", "no investigation is on file"
    ),
    "day of the last annual maintenance": Saying(
        "an annual maintenance is on file", "no annual maintenance is on file"
    ),
    "day of the last sample review": Saying(
        "a sample review is on file", "no sample review is on file"
    ),
    "day the coordinator was notified": Saying(
        "the coordinator was notified", "the coordinator was not notified"
    ),
    "day the overseeing unit was informed": Saying(
        "the overseeing unit was informed", "the overseeing unit was not informed"
    ),
    "separate account for administration": Saying(
        "the holder has a separate account for administration",
        "the holder has no separate account for administration",
    ),
    "time of the deactivation": Saying(
        "the day of the deactivation is on file", "no day of the deactivation is on file"
    ),
    "time of the first login": Saying("the user logged in", "the user did not log in"),
    "time the password was changed": Saying(
        "the password was changed", "the password was not changed"
    ),
    "time the temporary password was issued": Saying(
        "a temporary password was issued", "no temporary password was issued"
    ),
    "use by automation": Saying(
        "the account was used by automation", "the account was not used by automation"
    ),
    "use by several persons": Saying(
        "several persons used the account", "one person at most used the account"
    ),
    "use on a personal device": Saying(
        "the account was used on a personal device", "the account was not used on a personal device"
    ),
    # Records
    "activity code": Saying("an activity code is given", "no activity code is given"),
    "assigned number": Saying("a number is assigned", "no number is assigned"),
    "case note of the activity": Saying("a case note is on file", "no case note is on file"),
    "case note on the reason of the break": Saying(
        "a case note gives the reason of the break", "no case note gives the reason of the break"
    ),
    "completed closure form": Saying(
        "the closure form is complete", "the closure form is not complete"
    ),
    "completeness of every field": Saying("every field is complete", "not every field is complete"),
    "day of the exit": Saying("an exit is on file", "no exit is on file"),
    "day of the last case note": Saying("a case note is on file", "no case note is on file"),
    "day of the last follow-up": Saying("a follow-up is on file", "no follow-up is on file"),
    "day of the last service": Saying("a service is on file", "no service is on file"),
    "declined follow-up": Saying(
        "the participant declined follow-up", "the participant did not decline follow-up"
    ),
    "documentation of the contact attempts": Saying(
        "the contact attempts are documented", "the contact attempts are not documented"
    ),
    "entry of all applicable data": Saying(
        "all data that applies is entered", "not all data that applies is entered"
    ),
    "intent to return": Saying(
        "the participant intends to return", "the participant does not intend to return"
    ),
    "planned break with a future activity": Saying(
        "a planned break with a future activity is open",
        "no planned break with a future activity is open",
    ),
    "projected begin": Saying(
        "the future activity has a projected begin", "the future activity has no projected begin"
    ),
    "projected end": Saying(
        "the future activity has a projected end", "the future activity has no projected end"
    ),
    "reason of the break": Saying("the break has a reason", "the break has no reason"),
    "reciprocity of the contact": Saying(
        "the contact was reciprocal", "the contact was not reciprocal"
    ),
    "response of the participant": Saying(
        "the participant responded", "the participant did not respond"
    ),
    "Social Security Number that was given": Saying(
        "a Social Security Number was given", "no Social Security Number was given"
    ),
    "whether the participant can be reached": Saying(
        "the participant can be reached", "the participant cannot be reached"
    ),
}
"""How sentences speak of the facts of the model, by their titles."""
