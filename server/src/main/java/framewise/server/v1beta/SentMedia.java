package framewise.server.v1beta;

import framewise.engine.files.StoredFile;
import framewise.engine.keep.FileFootage;
import framewise.engine.keep.Footage;
import framewise.engine.session.Sessions;
import framewise.media.MediaTime;
import framewise.media.NotAVideoException;
import framewise.media.file.VideoReader;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.BadUrlException;
import framewise.media.network.Http;
import framewise.media.network.HttpReply;
import framewise.media.network.Network;
import framewise.media.network.OutboundConnections;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import framewise.media.picture.EncodedPicture;
import framewise.server.access.Caller;
import framewise.server.http.PlatformThreads;
import framewise.time.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pictures and videos that a client includes in the request or specifies by URL. {@code
 * FRAMEWISE_URL_SOURCES} limits which addresses URLs may reach.
 */
final class SentMedia {
  private static final String DATA = "data:";
  private static final Pattern WEB = Pattern.compile("(?i)\\s*https?://");
  private static final int MAX_IMAGE_BYTES = 20 << 20;
  private static final int MAX_VIDEO_BYTES = 64 << 20;
  private static final double DEFAULT_FPS = 1;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Sessions sessions;
  private final Network network;
  private final PlatformThreads threads;
  private final SentPicture pictures = new SentPicture();

  /**
   * @param threads decode pictures
   */
  SentMedia(Sessions sessions, PlatformThreads threads) {
    this.sessions = sessions;
    this.network = sessions.network();
    this.threads = threads;
  }

  /**
   * The pictures in the request or at the URL.
   *
   * @param most maximum number of pictures of a video
   * @throws framewise.server.http.ProblemException 400, saying what is wrong
   */
  ShownPictures show(ChatPart.Media media, Caller caller, int most)
      throws IOException, InterruptedException {
    int longest = media.video() ? MAX_VIDEO_BYTES : MAX_IMAGE_BYTES;
    Path file = sessions.newUpload();
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        if (media.url().regionMatches(true, 0, DATA, 0, DATA.length())) {
          out.write(decoded(media.url(), longest));
        } else {
          fetch(media.url(), longest, out);
        }
      }
      return media.video()
          ? threads.call(caller.whom(), () -> video(file, most))
          : new ShownPictures(
              List.of(threads.call(caller.whom(), () -> pictures.decode(file))),
              Optional.empty(),
              1,
              false);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private static ShownPictures video(Path file, int most) throws InterruptedException {
    try {
      var footage = new FileFootage(StoredFile.of(file), VideoReader.probe(file), Instant.EPOCH);
      MediaTime end = new MediaTime(Long.MAX_VALUE / 2_000_000);
      Footage.Window window = footage.window(MediaTime.ZERO, end, DEFAULT_FPS, most);
      List<EncodedPicture> pictures = footage.pictures(window.frames());
      if (pictures.isEmpty()) {
        throw bad("No picture of the video can be decoded.");
      }
      return new ShownPictures(pictures, Optional.empty(), window.found(), false);
    } catch (NotAVideoException e) {
      throw bad("A video_url is not a readable video: " + e.getMessage());
    }
  }

  private static byte[] decoded(String url, int longest) {
    int comma = url.indexOf(',');
    if (comma < 0 || !url.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
      throw bad("A data: URL must be in base64, such as data:image/jpeg;base64,/9j/4AAQ...");
    }
    if ((url.length() - comma) / 4L * 3 > longest) {
      throw tooLong(longest);
    }
    String text = url.substring(comma + 1);
    if (text.isBlank()) {
      throw bad("The data: URL is empty.");
    }
    try {
      return decoded(text);
    } catch (IllegalArgumentException broken) {
      throw bad("The data: URL is not valid base64: it may have A-Z a-z 0-9 + / and = at its end.");
    }
  }

  /**
   * Permits line breaks. Java's decoder that permits them would ignore all other invalid
   * characters, too.
   */
  private static byte[] decoded(String text) {
    boolean broken = text.chars().anyMatch(c -> c == '\n' || c == '\r');
    return Base64.getDecoder().decode(broken ? text.replaceAll("[\\r\\n]", "") : text);
  }

  private void fetch(String text, int longest, OutputStream out) throws IOException {
    VideoUrl url;
    try {
      url = VideoUrl.parse(text);
    } catch (BadUrlException e) {
      throw bad(
          WEB.matcher(text).lookingAt()
              ? "A URL can't be used: %s.".formatted(e.getMessage())
              : "A URL must begin with ovs://, data:, http:// or https://.");
    }
    if (url.isRtsp()) {
      throw bad("A camera is not a file: create a stream from it first, with POST /streams.");
    }
    if (network.rule() == AllowedAddresses.OFF) {
      throw bad("FRAMEWISE_URL_SOURCES is off, so URLs are not allowed.");
    }
    Deadline deadline = Deadline.after(TIMEOUT);
    try (var outbound = new OutboundConnections(network);
        HttpReply reply = new Http(outbound, url).get(url, 0, -1)) {
      byte[] buffer = new byte[64 << 10];
      long total = 0;
      for (int read = read(outbound, reply, buffer);
          read >= 0;
          read = read(outbound, reply, buffer)) {
        total += read;
        if (total > longest) {
          throw tooLong(longest);
        }
        if (deadline.hasPassed()) {
          throw bad("The server of a URL did not respond within 60 s.");
        }
        out.write(buffer, 0, read);
      }
    } catch (UrlFault e) {
      throw bad("A URL cannot be read: " + e.sentence());
    }
  }

  private static int read(OutboundConnections outbound, HttpReply reply, byte[] into)
      throws UrlFault {
    try {
      return reply.read(into, into.length);
    } catch (IOException e) {
      throw outbound.explain(e);
    }
  }

  private static RuntimeException tooLong(int longest) {
    return bad(
        "%s may have at most %d MB."
            .formatted(longest == MAX_VIDEO_BYTES ? "A video" : "A picture", longest >> 20));
  }

  private static RuntimeException bad(String sentence) {
    return ChatFault.MEDIA_INVALID.because(sentence);
  }
}
