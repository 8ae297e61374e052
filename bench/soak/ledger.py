"""Records what the service acknowledged, and checks that it still exists."""
import hashlib
import json
import threading


class Ledger:
    def __init__(self, service):
        self.service = service
        self.lock = threading.Lock()
        self.videos, self.results, self.newest = {}, {}, {}
        self.lost = []

    def uploaded(self, session, path):
        with open(path, "rb") as file, self.lock:
            self.videos[session] = hashlib.sha256(file.read()).hexdigest()
            self.newest.setdefault(session, 0)

    def watch(self, session):
        with self.lock:
            self.newest.setdefault(session, 0)

    def deleting(self, session):
        """Drops a session whose data the service may delete from now on."""
        with self.lock:
            self.videos.pop(session, None)
            self.newest.pop(session, None)
            for key in [key for key in self.results if key[0] == session]:
                del self.results[key]

    def read(self):
        """Records new results: once a client has read one, it must stay."""
        for session in list(self.newest):
            for result in self.page(session, self.newest.get(session, 0)):
                with self.lock:
                    if session in self.newest:
                        self.newest[session] = max(self.newest[session], result["seq"])
                        self.results[session, result["seq"]] = self.digest(result)

    def page(self, session, since):
        while True:
            answer = self.service.json(f"/sessions/{session}/results?since={since}&limit=1000")
            if answer is None:
                return
            yield from answer["results"]
            if not answer.get("more"):
                return
            since = answer["last_seq"]

    def check(self):
        """Compares the records with the service's data; returns what is missing or different."""
        for session in list(self.newest):
            there = {result["seq"]: self.digest(result) for result in self.page(session, 0)}
            with self.lock:
                expected = {seq: value for (of, seq), value in self.results.items() if of == session}
            self.lost += [f"result {session}/{seq}" for seq, value in expected.items() if there.get(seq) != value]
        for session, digest in list(self.videos.items()):
            status, body = self.service.get(f"/sessions/{session}/video")
            if status != 200 or hashlib.sha256(body).hexdigest() != digest:
                self.lost.append(f"video {session} ({status})")
        return len(self.results), len(self.videos)

    @staticmethod
    def digest(result):
        return hashlib.sha256(json.dumps(result, sort_keys=True).encode()).hexdigest()
