"""Applies load and random faults for some minutes; at the end, memory must not have grown and no acknowledged data may be lost."""
import argparse
import json
import os
import random
import subprocess
import threading
import time

from hostile import Hostile
from ledger import Ledger
from service import Service
from surroundings import ROOT, Programs, Provider

SETTLE_SECONDS = 25


def clip(service, name, source, *options):
    path = os.path.join(service.home, name)
    subprocess.check_call(["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-pix_fmt", "yuv420p", *options, path])
    return path


class Soak:
    def __init__(self, arguments):
        self.arguments = arguments
        self.chaos = random.Random(arguments.seed)
        self.provider = Provider(0.25, arguments.seed)
        self.programs = Programs()
        self.service = Service(arguments.jar, {
            "LOCAL_BASE_URL": self.provider.url, "LOCAL_MODEL": "stub-vl", "LOCAL_TIMEOUT_SECONDS": "10", "FRAMEWISE_MEMORY": "1GB",
            "FRAMEWISE_URL_SOURCES": "any", "FRAMEWISE_EVIDENCE_QUOTA": "50MB", "FRAMEWISE_MAX_STREAMS": "12"})
        self.clips = [clip(self.service, "moving.mp4", "testsrc2=size=640x360:rate=10:duration=20"),
                      clip(self.service, "moving.webm", "testsrc=size=320x240:rate=10:duration=20", "-c:v", "libvpx", "-deadline", "realtime")]
        clip(self.service, "huge.mp4", "color=blue:s=8192x8192:r=1:d=2", "-c:v", "libx264", "-preset", "ultrafast")
        self.ledger = Ledger(self.service)
        self.hostile = Hostile(self.service, self.clips, arguments.seed)
        self.sessions, self.samples, self.counts, self.deck = [], [], {}, []
        self.running = True

    def count(self, what):
        self.counts[what] = self.counts.get(what, 0) + 1

    def upload(self):
        path = self.chaos.choice(self.clips)
        status, body = self.service.upload(path)
        self.count(f"upload {status}")
        if status == 200:
            session = json.loads(body)["session_id"]
            self.ledger.uploaded(session, path)
            self.sessions.append(session)
            self.start(session)

    def start(self, session, backend=None):
        backend = backend or self.chaos.choice(["local", "local", "builtin"])
        status, _ = self.service.post(f"/start-stream/{session}", {"prompt": "What is there?", "backend": backend, "delay_seconds": 0.5})
        self.count(f"start {status}")

    def warm_up(self):
        """Loads the built-in models, whose memory stays in use, with several sessions."""
        for _ in range(3):
            _, body = self.service.upload(self.clips[0])
            session = json.loads(body)["session_id"]
            self.start(session, "builtin")
            time.sleep(12)
            self.service.ask("DELETE", f"/sessions/{session}")

    def add_camera(self):
        status, body = self.service.post("/sessions", {"url": self.programs.camera()})
        if status in (200, 201):
            session = json.loads(body).get("session_id") or json.loads(body).get("id")
            self.ledger.watch(session)
            self.sessions.append(session)
            self.start(session)

    def delete(self):
        if len(self.sessions) > 8:
            session = self.sessions.pop(self.chaos.randrange(len(self.sessions)))
            self.ledger.deleting(session)
            status, _ = self.service.ask("DELETE", f"/sessions/{session}")
            self.count(f"delete {status}")

    def each(self, name, seconds, work):
        """Repeats an action in a separate thread."""
        def loop():
            while self.running:
                try:
                    with self.service.up:
                        work()
                except (OSError, ValueError) as e:
                    self.count(f"{name}: {type(e).__name__}")
                time.sleep(seconds * self.chaos.uniform(0.5, 1.5))
        thread = threading.Thread(target=loop, name=name, daemon=True)
        thread.start()
        return thread

    def full_disk(self):
        if not self.service.mounted:
            self.count("full disk left out: not root")
            return
        path = os.path.join(self.service.data, "filler")
        try:
            with open(path, "wb", buffering=0) as filler:
                while True:
                    filler.write(b"\0" * (1 << 20))
        except OSError:
            time.sleep(8)
        finally:
            os.remove(path)

    def fault(self):
        faults = {"kill": self.service.kill_and_restart, "pause": lambda: self.service.pause(3), "full disk": self.full_disk,
                  "camera": lambda: self.programs.toggle_camera(self.chaos.choice(list(self.programs.cameras))),
                  "sender": self.programs.end_sender}
        # Each fault occurs once before any repeats.
        self.deck = self.deck or self.chaos.sample(sorted(faults), len(faults))
        name = self.deck.pop()
        self.count(f"fault {name}")
        faults[name]()

    def quiet(self):
        """Stops everything, to measure what stays in use."""
        for session in list(self.sessions):
            self.service.post(f"/stop-stream/{session}")
        for session in self.service.json("/sessions?limit=200")["sessions"]:
            if session["status"] in ("streaming", "waiting"):
                self.service.post(f"/stop-stream/{session['session_id']}")
        self.hostile.close()
        time.sleep(SETTLE_SECONDS)
        return self.service.sample()

    def load(self, seconds, faults):
        self.running = True
        threads = [self.each("upload", 6, self.upload), self.each("delete", 7, self.delete), self.each("read", 3, self.ledger.read),
                   self.each("sender", 10, lambda: self.programs.sender(self.service.base)), self.each("hostile", 1, self.hostile.one)]
        end = time.time() + seconds
        next_fault = time.time() + 10
        while time.time() < end:
            time.sleep(2)
            if not self.service.alive():
                raise SystemExit(f"FAILED: the service ended by itself with {self.service.process.returncode}")
            self.samples.append(self.service.sample())
            if faults and time.time() > next_fault:
                self.fault()
                next_fault = time.time() + self.chaos.uniform(*((2, 5) if self.arguments.minutes < 5 else (5, 25)))
        self.running = False
        for thread in threads:
            thread.join(90)

    def run(self):
        total = self.arguments.minutes * 60
        self.service.start()
        for _ in range(2):
            self.add_camera()
        self.load(total * 0.45, True)
        self.service.kill_and_restart()
        # Do not restart the service from here on: its memory after the first load is compared with that after the last.
        self.warm_up()
        self.load(total * 0.15, False)
        before = self.quiet()
        for port, process in list(self.programs.cameras.items()):
            if process.poll() is not None:
                self.programs.camera(port)
        for session in self.sessions[-6:]:
            self.start(session)
        self.load(total * 0.4, False)
        after = self.quiet()
        self.ledger.read()
        results, videos = self.ledger.check()
        self.service.kill_and_restart()
        self.ledger.check()
        return self.report(before, after, results, videos)

    def report(self, before, after, results, videos):
        allowed = {"resident_mb": before["resident_mb"] * 1.15 + 60, "threads": before["threads"] + 15,
                   "descriptors": before["descriptors"] + 25}
        faults = [f"{what} grew from {before[what]} to {after[what]}" for what, most in allowed.items() if after[what] > most]
        left = os.listdir(os.path.join(self.service.data, "uploads"))
        if left:
            faults.append(f"{len(left)} unfinished uploads are left")
        videos_there = len(os.listdir(os.path.join(self.service.data, "videos")))
        if videos_there > videos + 2:
            faults.append(f"{videos_there} videos on disk, {videos} sessions have one")
        faults += [f"lost: {what}" for what in self.ledger.lost]
        print("counted   ", json.dumps(self.counts, sort_keys=True))
        print("highest   ", {what: max(sample[what] for sample in self.samples) for what in before})
        print("before    ", before)
        print("after     ", after)
        print(f"checked    {results} results and {videos} videos, twice, the second time after kill -9")
        for fault in faults:
            print("FAILED    ", fault)
        print("the soak", "FAILED" if faults else "passed")
        return 1 if faults else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--jar", default=os.path.join(ROOT, "server/target/framewise.jar"))
    arguments = parser.parse_args()
    print(f"seed {arguments.seed}, {arguments.minutes} minutes", flush=True)
    soak = Soak(arguments)
    code = 1
    try:
        code = soak.run()
    finally:
        soak.running = False
        soak.programs.close()
        if soak.service.process:
            soak.service.stop()
        if code:
            print("the log is", soak.service.log.name)
            soak.service.unmount()
        else:
            soak.service.clean()
    raise SystemExit(code)


main()
