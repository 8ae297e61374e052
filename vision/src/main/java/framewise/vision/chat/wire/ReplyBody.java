package framewise.vision.chat.wire;

import dev.langchain4j.exception.TimeoutException;
import framewise.time.Scheduler;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The body of a service's reply, limited in time and length. It records failures while reading,
 * because stream parsers swallow them. The JDK's time-out ends with the headers.
 */
public final class ReplyBody extends FilterInputStream {
  /** Maximum length of a stream: some servers send 300 bytes for each word. */
  private static final int MAX_LENGTH = 8 << 20;

  /** Maximum length of a reply that is held as a whole. */
  private static final int MAX_WHOLE_LENGTH = 4 << 20;

  /** How many blanks may precede the body's first character. */
  private static final int MAX_BLANKS_LENGTH = 1 << 10;

  private final HttpResponse<InputStream> response;
  private final Runnable cancelDeadline;
  private volatile boolean late;
  private int longest = MAX_LENGTH;
  private int count;
  private Optional<IOException> failure = Optional.empty();

  public ReplyBody(HttpResponse<InputStream> response, Duration patience) {
    super(response.body());
    this.response = response;
    this.cancelDeadline = Scheduler.system().after(patience, this::giveUp);
  }

  /**
   * Whether it is one JSON text rather than an event stream. Its beginning decides, because servers
   * mislabel both; otherwise its type.
   */
  boolean isJson() {
    String beginning = beginning();
    if (beginning.isEmpty()) {
      return response
          .headers()
          .firstValue("Content-Type")
          .filter(type -> type.strip().toLowerCase(Locale.ROOT).startsWith("application/json"))
          .isPresent();
    }
    return EventReader.FIELDS.stream()
        .noneMatch(field -> field.startsWith(beginning) || beginning.startsWith(field));
  }

  /** The first non-blank characters; the whole body can still be read. */
  private String beginning() {
    byte[] bytes = new byte[MAX_BLANKS_LENGTH];
    int count = 0;
    try {
      int more = 0;
      while (more >= 0 && count < bytes.length && text(bytes, count).length() < 6) {
        more = in.read(bytes, count, bytes.length - count);
        count += Math.max(0, more);
      }
      // A PushbackInputStream would wait for more before it returns the pushed-back bytes.
      in = new SequenceInputStream(new ByteArrayInputStream(bytes, 0, count), in);
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    return text(bytes, count);
  }

  private static String text(byte[] bytes, int count) {
    return new String(bytes, 0, count, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
  }

  /** The whole body. */
  String text() {
    byte[] bytes;
    longest = MAX_WHOLE_LENGTH;
    try {
      bytes = readAllBytes();
    } catch (IOException e) {
      throw failed(e);
    }
    throwFailure();
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Throws the failure that occurred while reading, if any. */
  void throwFailure() {
    if (late) {
      throw new TimeoutException("the answer did not complete in time");
    }
    failure.ifPresent(
        thrown -> {
          throw failed(thrown);
        });
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      int read = super.read(bytes, offset, length);
      count += Math.max(0, read);
      if (count > longest) {
        throw new IOException("the answer is longer than %,d bytes".formatted(longest));
      }
      return read;
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  @Override
  public void close() {
    cancelDeadline.run();
    try {
      super.close();
    } catch (IOException ignored) {
      // Nothing more is read.
    }
  }

  private RuntimeException failed(IOException thrown) {
    return late
        ? new TimeoutException("the answer did not complete in time", thrown)
        : new CutOffException(String.valueOf(thrown.getMessage()), thrown);
  }

  private void giveUp() {
    late = true;
    close();
  }
}
