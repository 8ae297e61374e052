"""Starts, kills, restarts and measures the service under test."""
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Service:
    TMPFS_MB = 1024

    def __init__(self, jar, environment):
        self.jar, self.environment = jar, environment
        self.home = tempfile.mkdtemp(prefix="framewise-soak-")
        self.data = os.path.join(self.home, "data")
        os.mkdir(self.data)
        self.mounted = os.geteuid() == 0 and subprocess.call(
            ["mount", "-t", "tmpfs", "-o", f"size={self.TMPFS_MB}m", "tmpfs", self.data], stderr=subprocess.DEVNULL) == 0
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = open(os.path.join(self.home, "service.log"), "ab")
        self.process = None
        # Threads hold this lock while they need the service to stay up.
        self.up = threading.RLock()

    def start(self):
        java = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        environment = {**os.environ, **self.environment, "FRAMEWISE_DATA": self.data, "BACKEND_PORT": str(self.port)}
        self.process = subprocess.Popen(
            [java, "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xms16m", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError",
             "--enable-native-access=ALL-UNNAMED", "-jar", self.jar],
            env=environment, stdout=self.log, stderr=self.log, cwd=self.home)
        deadline = time.time() + 180
        while time.time() < deadline:
            if self.process.poll() is not None:
                raise SystemExit(f"the service ended with {self.process.returncode}: see {self.home}/service.log")
            try:
                if self.get("/health/live")[0] == 200:
                    return
            except OSError:
                time.sleep(0.3)
        raise SystemExit(f"the service is not ready after 180 s: see {self.home}/service.log")

    def kill_and_restart(self):
        with self.up:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.start()

    def pause(self, seconds):
        self.process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self.process.send_signal(signal.SIGCONT)

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def alive(self):
        return self.process.poll() is None

    def ask(self, method, path, body=None, headers=None, timeout=60):
        request = urllib.request.Request(self.base + path, data=body, headers=headers or {}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read()

    def get(self, path, timeout=60):
        return self.ask("GET", path, timeout=timeout)

    def json(self, path):
        status, body = self.get(path)
        return json.loads(body) if status == 200 else None

    def post(self, path, body=None):
        return self.ask("POST", path, json.dumps(body or {}).encode(), {"Content-Type": "application/json"})

    def upload(self, path):
        boundary = "soak-boundary"
        with open(path, "rb") as file:
            content = file.read()
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{os.path.basename(path)}"\r\n\r\n'
        body = head.encode() + content + f"\r\n--{boundary}--\r\n".encode()
        return self.ask("POST", "/upload-video", body, {"Content-Type": f"multipart/form-data; boundary={boundary}"})

    def sample(self):
        """Measures resident MB, threads, descriptors and MB of data."""
        folder = f"/proc/{self.process.pid}"
        with open(folder + "/status") as status:
            fields = dict(line.split(":", 1) for line in status if ":" in line)
        return {"resident_mb": int(fields["VmRSS"].split()[0]) // 1024, "threads": int(fields["Threads"]),
                "descriptors": len(os.listdir(folder + "/fd")), "data_mb": self.data_bytes() >> 20}

    def data_bytes(self):
        return sum(os.path.getsize(os.path.join(folder, name)) for folder, _, names in os.walk(self.data) for name in names
                   if os.path.exists(os.path.join(folder, name)))

    def unmount(self):
        if self.mounted:
            subprocess.call(["umount", self.data])

    def clean(self):
        self.log.close()
        self.unmount()
        shutil.rmtree(self.home, ignore_errors=True)
