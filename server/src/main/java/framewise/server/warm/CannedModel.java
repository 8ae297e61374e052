package framewise.server.warm;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model server with OpenAI's API on a loopback port that gives every question the same answer.
 */
final class CannedModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CannedModel.class);
  private static final int MAX_WAITING = 4;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final String LENGTH = "content-length:";
  private static final String BODY =
      """
      {"id":"1","object":"chat.completion","created":1,"model":"canned","choices":[{"index":0,\
      "message":{"role":"assistant","content":"Nothing."},"finish_reason":"stop"}],\
      "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\
      """;

  private final ServerSocket socket;

  CannedModel() throws IOException {
    this.socket = new ServerSocket(0, MAX_WAITING, InetAddress.getLoopbackAddress());
    Thread _ = Thread.ofVirtual().name("canned-model").start(this::accept);
  }

  URI address() {
    return URI.create(
        "http://%s:%d/v1"
            .formatted(InetAddress.getLoopbackAddress().getHostAddress(), socket.getLocalPort()));
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A client may open a connection before it knows that the last one is free again. */
  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Thread _ = Thread.ofVirtual().name("canned-model").start(() -> serve(client));
      }
    } catch (IOException closed) {
      LOG.trace("The canned model ends");
    }
  }

  private static void serve(Socket connection) {
    try (Socket client = connection) {
      client.setSoTimeout(PATIENCE_MILLIS);
      InputStream in = new BufferedInputStream(client.getInputStream());
      while (read(in)) {
        client
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                    .formatted(BODY.length(), BODY)
                    .getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      LOG.debug("A connection to the canned model ends: {}", e.toString());
    }
  }

  /** Skips a request; false at the end of the connection. */
  private static boolean read(InputStream in) throws IOException {
    int length = 0;
    String line = line(in);
    if (line.isEmpty()) {
      return false;
    }
    while (!line.isEmpty()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
      line = line(in);
    }
    in.skipNBytes(length);
    return true;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
