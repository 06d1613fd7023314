# SPDX-License-Identifier: MIT
"""Whatever a foreign system does, it is told case by case, and the run goes on."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any, ClassVar

import pytest

from caljobs_policy.conformance.adapters.adapter import Adapter, AdapterError, Reply
from caljobs_policy.conformance.adapters.callable import callable_adapter
from caljobs_policy.conformance.adapters.named import adapter_named
from tests.conformance.foreign import held_to, report_of

CASE = {"profile": "sample_area", "account": {"shared": True}}


def asked(adapter: Adapter, times: int = 1) -> list[Reply]:
    """Return what comes back for some cases, asked on one connection."""
    connection = adapter.connect()
    try:
        return [connection.ask({**CASE, "number": number}) for number in range(1, times + 1)]
    finally:
        connection.close()


def faults(adapter: Adapter, times: int = 1) -> list[str | None]:
    return [reply.fault for reply in asked(adapter, times)]


def test_a_function_gets_a_copy_and_its_answer_comes_back() -> None:
    (reply,) = asked(callable_adapter(lambda case: {"outcome": case["number"]}, 5))
    assert reply == Reply({"outcome": 1})


def test_a_function_that_changes_its_case_is_told_of_and_its_answer_counts() -> None:
    def changing(case: dict[str, Any]) -> Any:
        case["account"]["shared"] = False
        return {"outcome": "compliant"}

    first, second = asked(callable_adapter(changing, 5), 2)
    assert first == second
    assert first.answer == {"outcome": "compliant"}
    assert first.remark == "the adapter changed the case that it was given"


def test_a_function_that_raises_is_told_with_the_place() -> None:
    def failing(case: dict[str, Any]) -> Any:
        raise KeyError("staff")

    (fault,) = faults(callable_adapter(failing, 5))
    assert fault is not None
    assert fault.startswith("the adapter raised KeyError: 'staff' (test_adapters.py:")


def test_a_function_that_leaves_does_not_end_the_run() -> None:
    for fault in faults(callable_adapter(lambda case: sys.exit(3), 5), 2):
        assert fault is not None
        assert fault.startswith("the adapter raised SystemExit: 3 (test_adapters.py:")


def test_a_function_that_hangs_is_left_behind_and_the_next_case_asked() -> None:
    done = Event()

    def hanging(case: dict[str, Any]) -> Any:
        if case["number"] == 1:
            done.wait(60)
        return {"outcome": "accept"}

    first, second = asked(callable_adapter(hanging, 0.2), 2)
    done.set()
    assert first == Reply(fault="no answer came within 0.2 seconds", is_lost=True)
    assert second.answer == {"outcome": "accept"}


def test_a_system_that_never_answers_is_one_message(tmp_path: Path) -> None:
    done = Event()
    held = held_to(tmp_path / "sample_area")
    with pytest.raises(AdapterError, match=r"no answer came within 0\.1 seconds"):
        report_of(callable_adapter(lambda case: {"late": done.wait(60)}, 0.1, "slow"), held)
    done.set()


def test_a_system_that_stops_answering_is_given_up_and_what_was_found_reported(
    tmp_path: Path,
) -> None:
    done = Event()
    held = held_to(tmp_path / "sample_area")

    def tiring(case: dict[str, Any]) -> Any:
        if "organization" not in case.get("request", {}):
            done.wait(60)
        return {"outcome": "return"}

    report = report_of(callable_adapter(tiring, 0.1), held)
    done.set()
    assert report.stopped is not None
    assert report.stopped.startswith("the system was given up: no answer came")
    assert (report.run, report.disagreed) == (4, 1)
    assert report.unclear


@pytest.mark.parametrize(
    ("name", "message", "remedy"),
    [
        ("no_such_module:decide", "there is no module `no_such_module`", "name it as"),
        ("json:laods", "`json` has no `laods`", "did you mean `loads`?"),
        ("json:__name__", "`json:__name__` is no function", "name it as"),
        ("absent/file.py:decide", "there is no such file", "name it as"),
        ("'open", "a quotation mark is not closed in `'open`", "close it"),
        (" ", "the command is empty", "name a command"),
    ],
)
def test_a_name_that_leads_nowhere_is_told_before_the_run(
    name: str, message: str, remedy: str
) -> None:
    with pytest.raises(AdapterError) as raised:
        adapter_named(name, 5)
    assert raised.value.problem.message == message
    assert str(raised.value.problem.help).startswith(remedy)


def test_a_file_that_cannot_be_imported_says_where(tmp_path: Path) -> None:
    file = tmp_path / "desk.py"
    file.write_text("import json\njson.loads('{')\n")
    with pytest.raises(AdapterError, match="cannot be imported: JSONDecodeError"):
        adapter_named(f"{file}:decide", 5)
    file.write_text("def decide(case):\n    return {'outcome': 'accept'}\n")
    assert asked(adapter_named(f"{file}:decide", 5)) == [Reply({"outcome": "accept"})]


def command(folder: Path, body: str, limit: float = 20) -> Adapter:
    """Return the adapter of a script that does something for each question."""
    lines = ["import json, sys, time", "for line in sys.stdin:", "    asked = json.loads(line)"]
    lines += [f"    {line}" for line in body.split("\n")]
    script = folder / "desk.py"
    script.write_text("\n".join(lines))
    return adapter_named(f'"{sys.executable}" "{script}"', limit)


ANSWER = "print(json.dumps({'id': asked['id'], 'answer': asked['case']['number']}), flush=True)"


def test_a_command_answers_line_by_line(tmp_path: Path) -> None:
    assert asked(command(tmp_path, ANSWER), 3) == [Reply(1), Reply(2), Reply(3)]


def test_a_command_that_dies_is_started_again_and_its_last_words_told(tmp_path: Path) -> None:
    body = f"if asked['case']['number'] == 1: sys.exit('no database')\n{ANSWER}"
    first, second = asked(command(tmp_path, body), 2)
    said = "the command ended with code 1; it said last: `no database`"
    assert first == Reply(fault=said, is_lost=True)
    assert second == Reply(2)


def test_a_command_that_hangs_is_started_again(tmp_path: Path) -> None:
    body = f"if asked['case']['number'] == 2: time.sleep(60)\n{ANSWER}"
    first, second, third = asked(command(tmp_path, body, limit=3), 3)
    assert (first, third) == (Reply(1), Reply(3))
    assert second == Reply(fault="no answer came within 3 seconds", is_lost=True)


@pytest.mark.parametrize(
    ("printed", "fault"),
    [
        ("'hello'", "the answer is not JSON in one line: `hello`"),
        ("'[1]'", 'the answer is not of the form `{"id": ..., "answer": ...}`'),
        ("""'{"answer": 1}'""", "the answer has no `id`"),
        ("""'{"id": 1}'""", "the answer has no `answer`"),
        ("""'{"id": 7, "answer": 1}'""", "the answer has the id `7`, and not 1"),
        ("'1' * 2_000_000", "the answer is longer than 1,000,000 bytes"),
    ],
)
def test_nonsense_of_a_command_is_told(tmp_path: Path, printed: str, fault: str) -> None:
    assert faults(command(tmp_path, f"print({printed}, flush=True)")) == [fault]


def test_half_a_line_is_told_as_the_end_of_the_command(tmp_path: Path) -> None:
    body = """print('{"id": 1, "ans', end='', flush=True); sys.exit(0)"""
    (fault,) = faults(command(tmp_path, body))
    assert fault == 'the answer is not JSON in one line: `{"id": 1, "ans`'


def test_an_answer_out_of_order_is_told_and_the_right_one_taken(tmp_path: Path) -> None:
    late = "print(json.dumps({'id': 1, 'answer': 'late'}), flush=True)"
    body = f"if asked['id'] == 2: {late}\n{ANSWER}"
    first, second = asked(command(tmp_path, body), 2)
    assert first == Reply(1)
    assert second == Reply(2, remark="an answer to question 1 came late or twice")


def test_a_command_that_cannot_be_run_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(AdapterError, match="cannot be run: no such file"):
        asked(adapter_named(str(tmp_path / "absent"), 5))


class Server(BaseHTTPRequestHandler):
    """Answers with what a test lays down."""

    status: ClassVar[int] = 200
    body: ClassVar[bytes] = b"null"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("no_proxy", "*")
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/decide"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "reply"),
    [
        (200, b'{"outcome": "accept"}', Reply({"outcome": "accept"})),
        (200, b"null", Reply(None)),
        (204, b"", Reply(None)),
        (200, b"<html>", Reply(fault="the answer is not JSON: `<html>`")),
        (500, b"down\nmore", Reply(fault="the system answered with the status 500: `down`")),
    ],
)
def test_a_url_is_asked_by_post(
    url: str, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes, reply: Reply
) -> None:
    monkeypatch.setattr(Server, "status", status)
    monkeypatch.setattr(Server, "body", body)
    assert asked(adapter_named(url, 20)) == [reply]


def test_a_url_that_does_not_answer_is_one_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "*")
    server = HTTPServer(("127.0.0.1", 0), Server)
    port = server.server_port
    server.server_close()
    held = held_to(tmp_path / "sample_area")
    with pytest.raises(AdapterError, match="does not answer: connection refused"):
        report_of(adapter_named(f"http://127.0.0.1:{port}/", 5), held)


def test_errors_can_be_copied() -> None:
    with pytest.raises(AdapterError) as raised:
        adapter_named("json:laods", 5)
    kind, arguments = raised.value.__reduce__()
    assert str(kind(*arguments)) == str(raised.value)
    assert json.dumps(str(raised.value))
