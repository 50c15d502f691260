"""A text message service on this machine, which answers as it is told and remembers what it was handed."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from yishiting.ground.notices.signing import is_signed

SECRET = "shared with the gateway"
#: What something answers that is no service of ours: a TLS port, a machine gone mad, a page of the provider's.
RAW = {
    "no http": b"\x15\x03\x01\x00\x02\x02\n",
    "many headers": b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 150 + b"\r\n",
    "no length": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    "nothing": b"",
    "silence": b"",
    "a page": b"HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\n\r\n<html>",
    "long status": b"HTTP/1.1 " + b"9" * 70_000 + b"\r\n\r\n",
}


class GatewayServer:
    """`answers` are the statuses of the coming requests; after the last one everything is taken."""

    def __init__(self) -> None:
        self.answers: list[int | str] = []
        self.handed: list[dict[str, str]] = []
        self.unsigned = 0
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.http.server_port}/send"

    def delivered(self) -> list[str]:
        """The texts that reach a phone: one for each key, however often it was handed over."""
        return list({one["id"]: one["text"] for one in self.handed}.values())

    def __enter__(self) -> "GatewayServer":
        threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.http.shutdown()
        self.http.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                head = [self.headers[name] for name in ("X-Timestamp", "X-Nonce")]
                if not is_signed(SECRET, *head, body, self.headers["X-Signature"]):
                    server.unsigned += 1
                answer = server.answers.pop(0) if server.answers else 200
                self.close_connection = True
                if answer in RAW:
                    time.sleep(0.6 if answer == "silence" else 0)
                    self.wfile.write(RAW[answer])
                else:
                    self._answer(answer, json.loads(body))

            def do_GET(self) -> None:
                """Where a redirect leads: a page that looks like success."""
                self._answer(200, {"id": "", "phone": "", "text": "nothing of the message"})

            def _answer(self, answer: int | str, said: dict[str, str]) -> None:
                known = any(one["id"] == said["id"] for one in server.handed)
                status = int(answer) if isinstance(answer, int) else 200
                status = 409 if status == 200 and known else status
                if status == 200 or answer == "taken, then 500":
                    server.handed.append(said)
                status = 500 if answer == "taken, then 500" else status
                words = {"status": "rejected"} if answer == "rejected" else {"id": f"out-{len(server.handed)}"}
                out = json.dumps(words).encode()
                self.send_response(status)
                self.send_header("Location", server.url)  # followed by nobody but on a 3xx
                self.send_header("Content-Length", str(len(out)))
                self.end_headers()
                self.wfile.write(out)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        return Handler
