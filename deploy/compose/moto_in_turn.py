"""The moto server, one request at a time.

    python3 moto_in_turn.py HOST PORT

moto answers requests side by side, and a DynamoDB transaction of its that fails puts the whole table back as it was: writes that were
answered meanwhile are lost. Here a request is read, then has the server to itself until it is answered.
"""
import io
import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple


class OneAtATime:
    def __init__(self, app):
        self._app = app
        self._turn = threading.Lock()

    def __call__(self, environ, start_response):
        # Before the turn: a client that stands still in the midst of its request must not keep the others out.
        length = None if environ.get("wsgi.input_terminated") else int(environ.get("CONTENT_LENGTH") or 0)
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length) if length is not None else environ["wsgi.input"].read())
        with self._turn:
            answer = self._app(environ, start_response)
            try:
                return [b"".join(answer)]
            finally:
                if hasattr(answer, "close"):
                    answer.close()


if __name__ == "__main__":
    run_simple(sys.argv[1], int(sys.argv[2]), OneAtATime(DomainDispatcherApplication(create_backend_app)), threaded=True)
