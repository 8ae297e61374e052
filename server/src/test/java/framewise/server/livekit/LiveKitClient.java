package framewise.server.livekit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;

/**
 * The signalling of a LiveKit publisher, written by hand; the test provides the peer connection.
 */
public final class LiveKitClient implements AutoCloseable, WebSocket.Listener {
  private static final int PATIENCE_SECONDS = 60;

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private final WebSocket socket;

  /** A message from the service: its kind, which is LiveKit's field number, and its content. */
  @SuppressWarnings("ArrayRecordComponent") // only read
  public record Message(int kind, byte[] content) {
    /** The text in one of its fields; empty if the field is missing. */
    public String text(int field) {
      return read(field).map(bytes -> new String(bytes, UTF_8)).orElse("");
    }

    /** The message in one of its fields. */
    public Message message(int field) {
      return new Message(field, read(field).orElseThrow());
    }

    /** The number in one of its fields; 0 if the field is missing. */
    public long number(int field) {
      try {
        var in = new WireReader(content);
        while (in.next()) {
          if (in.field() == field) {
            return in.number();
          }
        }
        return 0;
      } catch (MalformedSignalException e) {
        throw new AssertionError(e);
      }
    }

    private Optional<byte[]> read(int field) {
      try {
        var in = new WireReader(content);
        while (in.next()) {
          if (in.field() == field) {
            return Optional.of(in.bytes());
          }
        }
        return Optional.empty();
      } catch (MalformedSignalException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * Opens a socket.
   *
   * @param path path with its query
   */
  public LiveKitClient(int port, String path, String... headers) {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + path), this).join();
  }

  /** Joins like current clients, with an offer in the query. */
  public static LiveKitClient join(int port, String token, String offer) {
    return new LiveKitClient(port, path(token, offer, "", false));
  }

  /** Reconnects like current clients. */
  public static LiveKitClient resume(int port, String token, String sid) {
    return new LiveKitClient(port, path(token, "", sid, true));
  }

  /** Path and query of a socket, in the format of current clients. */
  public static String path(String token, String offer, String sid, boolean resume) {
    var request = new WireWriter().flag(7, resume).text(9, sid);
    if (!offer.isEmpty()) {
      request.message(6, new WireWriter().text(1, "offer").text(2, offer).number(3, 1));
    }
    var wrapped = new WireWriter().number(1, 1).delimited(2, zipped(request.bytes()));
    return "/rtc/v1?access_token=%s&join_request=%s"
        .formatted(token, Base64.getUrlEncoder().withoutPadding().encodeToString(wrapped.bytes()));
  }

  /** Announces a video. */
  public void announce(String cid) {
    send(
        4,
        new WireWriter().text(1, cid).text(2, "camera").number(3, 1).number(5, 240).number(8, 1));
  }

  public void offer(String sdp, int id) {
    send(1, new WireWriter().text(1, "offer").text(2, sdp).number(3, id));
  }

  public void mute(String sid, boolean muted) {
    send(5, new WireWriter().text(1, sid).flag(2, muted));
  }

  /** Sends a ping, unless the service has closed the socket. */
  public void ping(long timestamp) {
    try {
      send(16, new WireWriter().number(1, timestamp));
    } catch (CompletionException closing) {
      // Messages that the service sent before can still be read.
    }
  }

  public void leave() {
    send(8, new WireWriter());
  }

  /** Sends bytes unchanged. */
  public void send(byte[] bytes) {
    socket.sendBinary(ByteBuffer.wrap(bytes), true).join();
  }

  /** Kind of the next message, whatever it is. */
  public int first() throws InterruptedException {
    byte[] bytes = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (bytes == null) {
      throw new AssertionError("no message came");
    }
    return outer(bytes).kind();
  }

  /** Whether a message of this kind has arrived that was not taken yet. */
  public boolean has(int kind) {
    return messages.stream().anyMatch(bytes -> outer(bytes).kind() == kind);
  }

  /** The next token for later connections. */
  public String refreshed() throws InterruptedException {
    return new String(next(16).content(), UTF_8);
  }

  /** The next message of a kind; those before it are skipped. */
  public Message next(int kind) throws InterruptedException {
    while (true) {
      byte[] bytes = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (bytes == null) {
        throw new AssertionError("no message of the kind " + kind + " came");
      }
      Message message = outer(bytes);
      if (message.kind() == kind) {
        return message;
      }
    }
  }

  /** The status with which the service closed the socket. */
  public int closed() {
    return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }

  /** Disconnects without a close frame. */
  public void cut() {
    socket.abort();
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    byte[] part = new byte[data.remaining()];
    data.get(part);
    partial.writeBytes(part);
    if (last) {
      messages.add(partial.toByteArray());
      partial.reset();
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }

  private void send(int kind, WireWriter message) {
    send(new WireWriter().message(kind, message).bytes());
  }

  private static Message outer(byte[] bytes) {
    try {
      var in = new WireReader(bytes);
      if (!in.next()) {
        throw new AssertionError("an empty message came");
      }
      // In the older protocol, a pong is a plain number.
      return in.field() == 18
          ? new Message(18, new WireWriter().number(1, in.number()).bytes())
          : new Message(in.field(), in.bytes());
    } catch (MalformedSignalException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] zipped(byte[] plain) {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
