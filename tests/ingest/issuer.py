"""A token server on loopback: gives tokens as Microsoft and Google do, and tells Dovecot whose they are."""

import json
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl


@dataclass
class Issuer:
    """What it gives out, and what it was asked. One answer of `answers` is used up by one request."""

    user: str = ""
    """Whose inbox its tokens open."""
    secret: str = "s3cret"
    refresh_token: str = "refresh-0"
    rotates: bool = True
    lives_s: int = 3600
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: deque[tuple[int, bytes]] = field(default_factory=deque)
    active: dict[str, str] = field(default_factory=dict)
    """The tokens that are good, and their users."""
    given: int = 0

    def start(self) -> Self:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                status, body = issuer._answer(self.path, form)
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing: what was asked stands in `asked`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/token"
        self.introspection_url = f"http://127.0.0.1:{self._server.server_port}/introspect"
        return self

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _answer(self, path: str, form: dict[str, str]) -> tuple[int, bytes]:
        if path == "/introspect":
            user = self.active.get(form.get("token", ""))
            return 200, json.dumps({"active": user is not None, "username": user or ""}).encode()
        self.asked.append(form)
        if self.answers:
            return self.answers.popleft()
        return self._given(form)

    def _given(self, form: dict[str, str]) -> tuple[int, bytes]:
        if form.get("client_secret") != self.secret:
            return 401, b'{"error": "invalid_client", "error_description": "AADSTS7000215: wrong secret"}'
        told: dict[str, object] = {"token_type": "Bearer", "expires_in": self.lives_s}
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] != self.refresh_token:
                return 400, b'{"error": "invalid_grant", "error_description": "AADSTS700082: expired"}'
            if self.rotates:
                self.refresh_token = f"refresh-{self.given + 1}"
                told["refresh_token"] = self.refresh_token
        self.given += 1
        token = f"access-{self.given}"
        self.active[token] = self.user
        return 200, json.dumps(told | {"access_token": token}).encode()
