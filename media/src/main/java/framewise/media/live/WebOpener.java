package framewise.media.live;

import framewise.media.network.BadUrlException;
import framewise.media.network.Http;
import framewise.media.network.HttpReply;
import framewise.media.network.UrlFault;
import framewise.media.network.UrlFault.Kind;
import framewise.media.network.VideoUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.CipherInputStream;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bytedeco.ffmpeg.avutil.AVDictionary;

/**
 * Opens files on web servers for FFmpeg: the first one and those that playlists name. Used by one
 * thread.
 */
final class WebOpener {
  private static final int START_BYTES = 4096;
  private static final String ENCRYPTED = "crypto+";

  /**
   * Playlists read in a row without a picture: a live one has a few variants and is read again
   * every few seconds.
   */
  private static final int MAX_PLAYLISTS = 200;

  private final Http http;
  private final Map<String, String> before;
  private final Map<String, String> playlists = new ConcurrentHashMap<>();
  private Optional<Boolean> live = Optional.empty();
  private int playlistsInARow;

  /**
   * @param before how live playlists ended when another reader read them last, by URL
   */
  WebOpener(Http http, Map<String, String> before) {
    this.http = http;
    this.before = Map.copyOf(before);
  }

  /**
   * An opened file.
   *
   * @param demuxer FFmpeg's name of its demuxer; empty to let FFmpeg detect it
   * @param url its URL after redirects
   * @param measured whether its length is known, or a playlist lists all its pieces
   */
  record OpenInput(Feed feed, String demuxer, VideoUrl url, boolean measured) {}

  /** Whether the playlist grows; empty when there is no playlist. */
  Optional<Boolean> isLive() {
    return live;
  }

  /** How live playlists end, by URL. */
  Map<String, String> playlists() {
    return playlists;
  }

  /** Records that a picture arrived. */
  void touch() {
    playlistsInARow = 0;
  }

  OpenInput first(VideoUrl url) throws IOException {
    HttpReply reply = http.get(url, 0, -1);
    byte[] start = new byte[START_BYTES];
    int length = start(reply, start);
    if (Playlist.isOne(start, length)) {
      return new OpenInput(playlist(url, reply, start, length), "hls", reply.url(), true);
    }
    var file = new WebFile(http, reply, start, length);
    return WebCamera.isOne(reply, start, length)
        ? new OpenInput(file, JpegStream.DEMUXER, reply.url(), false)
        : new OpenInput(file, "", reply.url(), reply.total().isPresent());
  }

  /** Opens a URL from a playlist. */
  Feed open(String place, AVDictionary options) throws IOException {
    boolean encrypted = place.startsWith(ENCRYPTED);
    VideoUrl url = url(encrypted ? place.substring(ENCRYPTED.length()) : place);
    long from = number(JavaIo.option(options, "offset"), 0);
    long to = number(JavaIo.option(options, "end_offset"), -1);
    HttpReply reply = http.get(url, from, to);
    if (encrypted) {
      return decrypted(reply, options);
    }
    byte[] start = new byte[START_BYTES];
    int length = start(reply, start);
    if (Playlist.isOne(start, length)) {
      return playlist(url, reply, start, length);
    }
    return from == 0 && to < 0
        ? new WebFile(http, reply, start, length)
        : new BytesFeed(joined(start, length, reply), reply::close);
  }

  private static VideoUrl url(String place) throws UrlFault {
    try {
      VideoUrl url = VideoUrl.parse(place);
      if (!url.isRtsp()) {
        return url;
      }
    } catch (BadUrlException notAUrl) {
      // handled below
    }
    throw new UrlFault(
        Kind.FORBIDDEN,
        "The playlist refers to something other than an http or https address. Framewise"
            + " opens only those.");
  }

  private Feed playlist(VideoUrl asked, HttpReply reply, byte[] start, int length)
      throws IOException {
    try (reply) {
      if (++playlistsInARow > MAX_PLAYLISTS) {
        throw new UrlFault(
            Kind.FORBIDDEN, "The playlist leads only to further playlists, not to a video.");
      }
      byte[] all = joined(start, length, reply).readNBytes(Playlist.MAX_BYTES + 1);
      if (all.length > Playlist.MAX_BYTES) {
        throw new UrlFault(Kind.NO_VIDEO, "The playlist is longer than 4 MB.");
      }
      Playlist read = new Playlist(new String(all, java.nio.charset.StandardCharsets.UTF_8));
      read.isLive().ifPresent(value -> live = Optional.of(value));
      if (read.isLive().orElse(false)) {
        requireNew(asked.plain(), read.end());
      }
      boolean moved = !reply.url().plain().equals(asked.plain());
      byte[] shown = moved ? read.at(reply.url()).bytes() : all;
      return new BytesFeed(new ByteArrayInputStream(shown), () -> {});
    }
  }

  /** Refuses a playlist with nothing new since it was last played: that is not live. */
  private void requireNew(String place, String end) throws UrlFault {
    if (end.equals(before.get(place))) {
      playlists.putAll(before);
      throw new UrlFault(
          Kind.TIMED_OUT, "The playlist has no new segments: its server has stopped adding them.");
    }
    playlists.put(place, end);
  }

  private static Feed decrypted(HttpReply reply, AVDictionary options) throws IOException {
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.DECRYPT_MODE,
          new SecretKeySpec(HexFormat.of().parseHex(JavaIo.option(options, "key")), "AES"),
          new IvParameterSpec(HexFormat.of().parseHex(JavaIo.option(options, "iv"))));
      return new BytesFeed(new CipherInputStream(reply.body(), cipher), reply::close);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      reply.close();
      throw new UrlFault(Kind.NO_VIDEO, "The video's encryption key is invalid.");
    }
  }

  private static InputStream joined(byte[] start, int length, HttpReply reply) {
    return new SequenceInputStream(new ByteArrayInputStream(start, 0, length), reply.body());
  }

  /** Reads the first bytes, as many as arrive at once. */
  private static int start(HttpReply reply, byte[] into) throws IOException {
    try {
      int length = Math.max(0, reply.read(into, into.length));
      while (length > 0 && length < Playlist.BEGINNING.length()) {
        byte[] more = new byte[into.length - length];
        int got = reply.read(more, more.length);
        if (got < 0) {
          break;
        }
        System.arraycopy(more, 0, into, length, got);
        length += got;
      }
      return length;
    } catch (IOException e) {
      reply.close();
      throw e;
    }
  }

  private static long number(String text, long otherwise) {
    try {
      return text.isEmpty() ? otherwise : Math.max(otherwise, Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      return otherwise;
    }
  }
}
