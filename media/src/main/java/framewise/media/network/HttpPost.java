package framewise.media.network;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP/1.1 client that posts a body to one place: one connection per request, made by {@link
 * OutboundConnections}; redirects aren't followed, and the whole exchange has a time limit. Safe
 * for any number of threads.
 */
public final class HttpPost {
  /** Time that a receiver gets to finish the body of an answer whose status is a success. */
  private static final int BODY_TIMEOUT_MS = 1_000;

  private final Network network;
  private final Duration limit;
  private final int answerBytes;

  /**
   * @param limit for the whole exchange, from the resolution of the name to the end of the answer
   * @param answerBytes how much of the answer's body is read at most
   */
  public HttpPost(Network network, Duration limit, int answerBytes) {
    this.network = network;
    this.limit = limit;
    this.answerBytes = answerBytes;
  }

  /**
   * A receiver's answer.
   *
   * @param body its start, as far as it came in time
   */
  public record PostReply(int status, MessageHead head, String body) {}

  /**
   * Posts.
   *
   * @param headers further headers; their names and values have no control characters
   * @throws UrlFault when no status came in time, or the address is not allowed
   */
  public PostReply post(VideoUrl url, Map<String, String> headers, byte[] body) throws UrlFault {
    var outbound = new OutboundConnections(network);
    ReplyTimeLimit cutoff = new ReplyTimeLimit(limit, outbound::close);
    try (outbound;
        cutoff) {
      return exchange(outbound, url, headers, body);
    } catch (UrlFault e) {
      throw cutoff.explain(url, e);
    }
  }

  private PostReply exchange(
      OutboundConnections outbound, VideoUrl url, Map<String, String> headers, byte[] body)
      throws UrlFault {
    Socket socket = outbound.connect(url);
    try {
      var request = new StringBuilder("POST ").append(url.target()).append(" HTTP/1.1\r\n");
      line(request, "Host", url.authority());
      line(request, "User-Agent", "Framewise");
      line(request, "Accept", "*/*");
      line(request, "Accept-Encoding", "identity");
      line(request, "Content-Length", Integer.toString(body.length));
      line(request, "Connection", "close");
      url.credentials()
          .filter(own -> headers.keySet().stream().noneMatch("Authorization"::equalsIgnoreCase))
          .flatMap(own -> ChallengeResponse.answer(own, List.of("Basic")))
          .ifPresent(login -> line(request, "Authorization", login.header("POST", url.target())));
      headers.forEach((name, value) -> line(request, name, value));
      request.append("\r\n");
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().write(body);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      MessageHead head = MessageHead.readFinal(in);
      int status = head.status();
      if (status / 100 == 2) {
        socket.setSoTimeout(BODY_TIMEOUT_MS);
      }
      return new PostReply(status, head, start(in, head));
    } catch (IOException e) {
      throw outbound.explain(e);
    } finally {
      outbound.release(socket);
    }
  }

  /** The part of the body that was received until it ended, failed, or was long enough. */
  private String start(InputStream in, MessageHead head) {
    boolean chunked =
        head.header("transfer-encoding")
            .map(how -> how.toLowerCase(Locale.ROOT).contains("chunked"))
            .orElse(false);
    InputStream body =
        chunked
            ? new ChunkedBody(in)
            : head.number("content-length")
                .<InputStream>map(length -> new SizedBody(in, length))
                .orElse(in);
    byte[] bytes = new byte[answerBytes];
    int length = 0;
    try {
      while (length < bytes.length) {
        int got = body.read(bytes, length, bytes.length - length);
        if (got < 0) {
          break;
        }
        length += got;
      }
    } catch (IOException cutOff) {
      // The status has arrived; the part of the body received so far is enough.
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder request, String name, String value) {
    request.append(name).append(": ").append(value).append("\r\n");
  }
}
