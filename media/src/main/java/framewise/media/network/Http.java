package framewise.media.network;

import framewise.media.network.UrlFault.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 client for parts of files: one request per connection, each connection made by {@link
 * OutboundConnections}, redirects followed here so that they are checked too. User and password go
 * only to the server they are meant for. Used by one thread.
 */
public final class Http {
  private static final int MAX_REDIRECTS = 8;

  /** Accepted content encodings. */
  private static final Set<String> PLAIN = Set.of("", "identity", "none", "binary", "chunked");

  private final OutboundConnections outbound;
  private final VideoUrl home;
  private @Nullable ChallengeResponse login;

  /**
   * @param home the server that user and password are for
   */
  public Http(OutboundConnections outbound, VideoUrl home) {
    this.outbound = outbound;
    this.home = home;
  }

  /**
   * Requests a file, starting at a byte.
   *
   * @param to the byte after the last wanted one; -1 for all
   */
  public HttpReply get(VideoUrl url, long from, long to) throws UrlFault {
    VideoUrl place = url;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      Conversation talk = ask(place, from, to);
      try {
        int status = talk.head().status();
        if (status == 401 && login(talk.head(), place)) {
          talk.hangUp();
          talk = ask(place, from, to);
          status = talk.head().status();
        }
        if (status == 200 || status == 206) {
          return reply(place, talk, from);
        }
        talk.hangUp();
        Optional<String> location = talk.head().header("location");
        if (status / 100 != 3 || location.isEmpty()) {
          throw refusal(status);
        }
        place = next(place, location.get());
      } catch (UrlFault e) {
        talk.hangUp();
        throw e;
      }
    }
    throw new UrlFault(
        Kind.NO_SUCH_STREAM, "The server redirects too often. Use the final address.");
  }

  private record Conversation(MessageHead head, InputStream in, Runnable hangUp0) {
    void hangUp() {
      hangUp0.run();
    }
  }

  private Conversation ask(VideoUrl url, long from, long to) throws UrlFault {
    Socket socket = outbound.connect(url);
    ReplyTimeLimit limit = outbound.limit(socket);
    try (limit) {
      var request = new StringBuilder("GET ").append(url.target()).append(" HTTP/1.1\r\n");
      line(request, "Host", url.authority());
      line(request, "User-Agent", "Framewise");
      line(request, "Accept", "*/*");
      line(request, "Accept-Encoding", "identity");
      line(request, "Range", "bytes=" + from + "-" + (to < 0 ? "" : to - 1));
      line(request, "Connection", "close");
      authorization(url).ifPresent(value -> line(request, "Authorization", value));
      request.append("\r\n");
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
      MessageHead head = MessageHead.readFinal(in);
      return new Conversation(head, in, () -> outbound.release(socket));
    } catch (IOException e) {
      outbound.release(socket);
      throw limit.explain(url, outbound.explain(e));
    }
  }

  private Optional<String> authorization(VideoUrl url) {
    if (url.credentials().isPresent() && !url.sameOrigin(home)) {
      // A playlist may contain credentials for another server.
      return ChallengeResponse.answer(url.credentials().get(), List.of("Basic"))
          .map(own -> own.header("GET", url.target()));
    }
    ChallengeResponse known = login;
    return known == null || !url.sameOrigin(home)
        ? Optional.empty()
        : Optional.of(known.header("GET", url.target()));
  }

  /**
   * Prepares an answer to the server's challenge; false when there is none or it was answered
   * before.
   */
  private boolean login(MessageHead head, VideoUrl url) {
    if (!url.sameOrigin(home)) {
      return false;
    }
    Optional<ChallengeResponse> answer =
        home.credentials()
            .flatMap(known -> ChallengeResponse.answer(known, head.all("www-authenticate")));
    answer.ifPresent(found -> login = found);
    return answer.isPresent();
  }

  private static VideoUrl next(VideoUrl from, String location) throws UrlFault {
    try {
      VideoUrl next = from.resolve(location);
      if (!next.isRtsp()) {
        return next;
      }
    } catch (BadUrlException notAUrl) {
      // handled below
    }
    throw new UrlFault(
        Kind.FORBIDDEN, "The server redirects to an address that is not http or https.");
  }

  private static HttpReply reply(VideoUrl url, Conversation talk, long from) throws UrlFault {
    MessageHead head = talk.head();
    boolean part = head.status() == 206;
    if (from > 0 && !part) {
      throw new UrlFault(
          Kind.NO_VIDEO, "The server does not support range requests, which this file needs.");
    }
    requirePlain(head);
    boolean chunked =
        head.header("transfer-encoding")
            .map(how -> how.toLowerCase(Locale.ROOT).contains("chunked"))
            .orElse(false);
    Optional<Long> length = chunked ? Optional.empty() : head.number("content-length");
    InputStream body =
        chunked
            ? new ChunkedBody(talk.in())
            : length.<InputStream>map(size -> new SizedBody(talk.in(), size)).orElse(talk.in());
    Optional<Long> total = part ? total(head) : length;
    String type =
        head.header("content-type")
            .orElse("")
            .replaceAll(";.*", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    return new HttpReply(url, type, from, total, part, body, talk::hangUp);
  }

  /** Refuses encoded bodies, which the request did not accept. */
  private static void requirePlain(MessageHead head) throws UrlFault {
    List<String> codings = new ArrayList<>(head.all("content-encoding"));
    codings.addAll(head.all("transfer-encoding"));
    Optional<String> packed =
        codings.stream()
            .flatMap(codes -> Stream.of(codes.split(",")))
            .map(code -> code.strip().toLowerCase(Locale.ROOT))
            .filter(code -> !PLAIN.contains(code))
            .findFirst();
    if (packed.isPresent()) {
      throw new UrlFault(
          Kind.NO_VIDEO,
          ("The server compresses the video (%s), which Framewise does not support. Turn"
                  + " compression off for this address.")
              .formatted(packed.get().replaceAll("[^a-z0-9-]", "?")));
    }
  }

  /** The number at the end of {@code Content-Range: bytes 0-1023/504961}. */
  private static Optional<Long> total(MessageHead head) {
    String range = head.header("content-range").orElse("");
    try {
      return Optional.of(Long.parseLong(range.substring(range.lastIndexOf('/') + 1)));
    } catch (NumberFormatException unknown) {
      return Optional.empty();
    }
  }

  private static UrlFault refusal(int status) {
    return switch (status) {
      case 401, 403, 407 ->
          new UrlFault(
              Kind.UNAUTHORISED,
              "The server refuses access (%d). Check the user and password in the URL."
                  .formatted(status));
      case 404, 410 ->
          new UrlFault(
              Kind.NO_SUCH_STREAM,
              "The server has no stream at this address (%d). Check the URL.".formatted(status));
      case 416 -> new UrlFault(Kind.LOST, "The file became shorter while it was read (416).");
      default ->
          new UrlFault(Kind.LOST, "The server refuses the request (status %d).".formatted(status));
    };
  }

  private static void line(StringBuilder request, String name, String value) {
    request.append(name).append(": ").append(value).append("\r\n");
  }
}
