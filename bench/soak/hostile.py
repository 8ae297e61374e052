"""Hostile clients on the loopback address, with a limit on concurrent ones."""
import os
import random
import socket


class Hostile:
    MAX_OPEN = 100

    def __init__(self, service, clips, seed):
        self.service, self.clips = service, clips
        self.chaos = random.Random(seed)
        self.open = []

    def one(self):
        attack = self.chaos.choice([self.half_open, self.slow_upload, self.foreign_page, self.bad_sdp, self.mutated, self.huge_head,
                                    self.nonsense, self.huge_picture])
        try:
            attack()
        except OSError:
            pass  # the service should cut it off

    def close(self):
        for connection in self.open:
            connection.close()
        self.open = []

    def raw(self, text, keep):
        connection = socket.create_connection(("127.0.0.1", self.service.port), timeout=5)
        connection.sendall(text)
        if keep:
            self.open.append(connection)
            while len(self.open) > self.MAX_OPEN:
                self.open.pop(0).close()
        else:
            connection.recv(4096)
            connection.close()

    def half_open(self):
        for _ in range(10):
            self.raw(b"GET /sessions HTTP/1.1\r\nHost: localhost\r\nX-A: ", True)

    def slow_upload(self):
        self.raw(b"POST /upload-video HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                 b"Content-Length: 400000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n", True)

    def foreign_page(self):
        self.service.ask("POST", "/sessions", b'{"url":"http://127.0.0.1:1/"}',
                         {"Origin": "http://evil.example", "Content-Type": "text/plain", "Sec-Fetch-Site": "cross-site"})

    def bad_sdp(self):
        lines = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=ssrc:%p%n%s x", "m=video 9 UDP/TLS/RTP/SAVPF 96",
                 "a=rtpmap:96 VP8/90000", "a=ice-ufrag:" + "x" * self.chaos.randrange(300), "a=setup:actpass", "a=mid:\x00"]
        self.chaos.shuffle(lines)
        self.service.ask("POST", "/whip?prompt=x", "\r\n".join(lines).encode(), {"Content-Type": "application/sdp"})

    def mutated(self):
        with open(self.chaos.choice(self.clips), "rb") as file:
            content = bytearray(file.read())
        for _ in range(self.chaos.randrange(1, 200)):
            content[self.chaos.randrange(len(content))] = self.chaos.randrange(256)
        path = os.path.join(self.service.home, "mutated.bin")
        with open(path, "wb") as file:
            file.write(content)
        status, body = self.service.upload(path)
        if status == 200:
            self.forget(body)

    def huge_head(self):
        self.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", False)

    def nonsense(self):
        self.raw(self.chaos.randbytes(self.chaos.randrange(1, 2000)) + b"\r\n\r\n", False)

    def huge_picture(self):
        status, body = self.service.upload(os.path.join(self.service.home, "huge.mp4"))
        if status == 200:
            session = self.forget(body, delete=False)
            self.service.post(f"/start-stream/{session}", {"prompt": "x"})
            self.service.ask("DELETE", f"/sessions/{session}")

    def forget(self, body, delete=True):
        import json
        session = json.loads(body)["session_id"]
        if delete:
            self.service.ask("DELETE", f"/sessions/{session}")
        return session
