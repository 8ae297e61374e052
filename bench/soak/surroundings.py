"""The service's environment: a model provider that fails in many ways, cameras that come and go, WHIP senders."""
import json
import os
import random
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from service import free_port

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
CAMERA = os.path.join(ROOT, "testing/src/main/resources/framewise/testing/rtsp-server.py")
SENDER = os.path.join(ROOT, "server/src/test/resources/framewise/server/service/publish/whip-sender.py")
PICTURES = "videotestsrc is-live=true ! video/x-raw,width=320,height=240,framerate=10/1 ! x264enc tune=zerolatency key-int-max=10 ! rtph264pay name=pay0"


class Provider:
    """An OpenAI-compatible server. Most answers succeed; the others fail like those of real services."""
    FAULTS = ("500", "503", "429", "hang", "cut", "garbage", "slow")

    def __init__(self, chance, seed):
        chaos = random.Random(seed)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                self.answer(200, {"object": "list", "data": [{"id": "stub-vl", "object": "model"}]})

            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fault = chaos.choice(Provider.FAULTS) if chaos.random() < chance else "none"
                if fault in ("500", "503", "429"):
                    self.answer(int(fault), {"error": {"message": "planned"}}, {"Retry-After": "1"})
                elif fault == "cut":
                    self.close_connection = True
                elif fault == "garbage":
                    self.raw(200, b"<html>not json</html>", {})
                else:
                    time.sleep({"hang": 40, "slow": 4}.get(fault, 0.05))
                    message = {"role": "assistant", "content": f"seen {chaos.randrange(10**9)}"}
                    self.answer(200, {"id": "x", "object": "chat.completion", "model": "stub-vl", "choices": [
                        {"index": 0, "finish_reason": "stop", "message": message}],
                        "usage": {"prompt_tokens": 10, "completion_tokens": 3, "total_tokens": 13}})

            def answer(self, status, body, headers=None):
                self.raw(status, json.dumps(body).encode(), {"Content-Type": "application/json", **(headers or {})})

            def raw(self, status, body, headers):
                try:
                    self.send_response(status)
                    for name, value in {"Content-Length": str(len(body)), **headers}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:
                    self.close_connection = True

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}/v1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Programs:
    """Cameras and senders, each a process that may end at any time."""

    def __init__(self):
        self.cameras, self.senders = {}, []

    def camera(self, port=None):
        port = port or free_port()
        self.cameras[port] = subprocess.Popen([sys.executable, CAMERA, str(port), PICTURES], stdout=subprocess.DEVNULL,
                                              stderr=subprocess.DEVNULL)
        return f"rtsp://127.0.0.1:{port}/cam"

    def toggle_camera(self, port):
        process = self.cameras[port]
        if process.poll() is None:
            process.kill()
            process.wait()
        else:
            self.camera(port)

    def sender(self, base):
        self.senders = [sender for sender in self.senders if sender.poll() is None]
        if len(self.senders) < 2:
            self.senders.append(subprocess.Popen([sys.executable, SENDER, base + "/whip?prompt=soak"], stdout=subprocess.DEVNULL,
                                                 stderr=subprocess.DEVNULL))

    def end_sender(self):
        if self.senders:
            sender = self.senders.pop(0)
            sender.kill()
            sender.wait()

    def close(self):
        for process in list(self.cameras.values()) + self.senders:
            if process.poll() is None:
                process.kill()
            process.wait()
