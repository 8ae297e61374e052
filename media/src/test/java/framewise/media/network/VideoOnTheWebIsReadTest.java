package framewise.media.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.CaseFile;
import framewise.media.FfmpegProgram;
import framewise.media.MediaTime;
import framewise.media.Numbered;
import framewise.media.VideoInfo;
import framewise.media.WebServer;
import framewise.media.live.JavaIo;
import framewise.media.live.LivePosition;
import framewise.media.live.LiveReader;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoOnTheWebIsReadTest {
  private static final Network ANY = Network.of(AllowedAddresses.ANY);

  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    server = new WebServer("127.0.0.1").folder(FfmpegProgram.clip(""));
  }

  @AfterEach
  void nothingIsLeft() {
    server.close();
    assertThat(FramePool.inUse()).isZero();
    assertThat(JavaIo.open()).isZero();
  }

  @Test
  void anMp4WithItsIndexAtTheEnd() throws Exception {
    Path file = Numbered.make("web.mp4", 45, "-c:v", "libx264", "-pix_fmt", "yuv420p");
    VideoInfo info = playThrough("/" + file.getFileName(), 45);
    assertThat(info.container()).isEqualTo("mp4");
    assertThat(info.codec()).isEqualTo("h264");
    assertThat(info.duration()).hasValue(MediaTime.ofSeconds(1.5));
  }

  /**
   * The audio starts two seconds before the video: the first picture is shown at once, as in
   * players.
   */
  @Test
  void latePicturesHaveThePlayersTime() throws Exception {
    Files.copy(
        CaseFile.of("late2.mp4"),
        FfmpegProgram.clip("web-late2.mp4"),
        StandardCopyOption.REPLACE_EXISTING);
    VideoUrl url = VideoUrl.parse(server.url("/web-late2.mp4"));
    try (var reader = reader(url, LivePosition.START)) {
      reader.open();
      assertThat(reader.info().duration().orElseThrow().seconds()).isBetween(7.99, 8.01);
      try (Frame first = reader.take().orElseThrow()) {
        assertThat(first.time()).isEqualTo(MediaTime.ofSeconds(2));
      }
      assertThat(reader.advance()).isTrue();
      try (Frame second = reader.take().orElseThrow()) {
        assertThat(second.time().seconds()).isBetween(2.03, 2.04);
      }
    }
  }

  @Test
  void aWebmDetectedByContent() throws Exception {
    Path file = Numbered.make("web.webm", 30, "-c:v", "libvpx", "-b:v", "1M");
    server.redirect("/moved", "/" + file.getFileName());
    assertThat(playThrough("/moved", 30).codec()).isEqualTo("vp8");
  }

  @Test
  void anOnDemandPlaylist() throws Exception {
    hls("vod", 60);
    VideoInfo info = playThrough("/vod.m3u8", 60);
    assertThat(info.container()).isEqualTo("hls");
  }

  @Test
  void anOnDemandPlaylistBehindARedirect() throws Exception {
    hls("far", 30);
    server.on(
        "/master",
        exchange -> {
          byte[] text =
              "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\n/somewhere/else\n"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
        });
    server.redirect("/somewhere/else", "/far.m3u8");
    playThrough("/master", 30);
  }

  @Test
  void aFileThatIsNotAVideo() {
    server.on(
        "/page",
        exchange -> {
          byte[] text = "<html>no video</html>".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, text.length);
          exchange.getResponseBody().write(text);
        });
    assertFault("/page", UrlFault.Kind.NO_VIDEO);
    assertFault("/nothing", UrlFault.Kind.NO_SUCH_STREAM);
  }

  @Test
  void aGrowingPlaylistWithALateSegment() throws Exception {
    hls("live", 90); // six segments of half a second
    long began = System.nanoTime();
    server.on(
        "/growing.m3u8",
        exchange -> {
          double halves = (System.nanoTime() - began) / 500e6;
          int ready = (int) Math.clamp(halves < 6 ? Math.min(halves + 3, 5) : halves - 1, 3, 6);
          var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n");
          text.append("#EXT-X-MEDIA-SEQUENCE:0\n");
          for (int i = 0; i < ready; i++) {
            text.append("#EXTINF:0.5,\nlive-").append(i).append(".ts\n");
          }
          if (halves > 10) {
            text.append("#EXT-X-ENDLIST\n");
          }
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    playThrough("/growing.m3u8", 90);
  }

  @Test
  void aBrokenConnectionResumes() throws Exception {
    Path file = Numbered.make("cut.mp4", 90, "-c:v", "libx264", "-pix_fmt", "yuv420p", "-g", "15");
    byte[] bytes = Files.readAllBytes(file);
    server.on(
        "/cut",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = Integer.parseInt(range.substring(6, range.indexOf('-')));
          exchange
              .getResponseHeaders()
              .set(
                  "Content-Range",
                  "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
          exchange.sendResponseHeaders(206, bytes.length - from);
          exchange.getResponseBody().write(bytes, from, Math.min(3_000, bytes.length - from));
          exchange.getResponseBody().flush();
        });
    playThrough("/cut", 90);
    assertThat(server.asked().stream().filter("/cut"::equals).count()).isGreaterThan(2);
  }

  @Test
  void anIndexAtTheEndWithoutRangesIsReported() throws Exception {
    Path file = Numbered.make("late.mp4", 300, "-c:v", "mpeg4", "-q:v", "1", "-g", "1");
    byte[] bytes = Files.readAllBytes(file);
    server.on(
        "/late",
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    assertThatThrownBy(() -> playThrough("/late", 300))
        .isInstanceOf(UrlFault.class)
        .hasMessageContaining("does not support range requests")
        .hasMessageContaining("-movflags +faststart");
  }

  @Test
  void aBrokenConnectionWithoutRangesFails() throws Exception {
    Path file = Numbered.make("half.webm", 60, "-c:v", "libvpx", "-b:v", "1M");
    byte[] bytes = Files.readAllBytes(file);
    server.on(
        "/half",
        exchange -> {
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
          exchange.getResponseBody().flush();
        });
    assertFault("/half", UrlFault.Kind.LOST);
  }

  @Test
  void encryptedSegments() throws Exception {
    hls("locked", 60, "-hls_key_info_file", keyInfo().toString());
    assertThat(Files.readString(FfmpegProgram.clip("locked.m3u8"))).contains("METHOD=AES-128");
    playThrough("/locked.m3u8", 60);
    assertThat(server.asked()).contains("/hls.key");
    Files.write(FfmpegProgram.clip("hls.key"), "another key of 1".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> playThrough("/locked.m3u8", 60)).isInstanceOf(UrlFault.class);
  }

  @Test
  void aTruncatedRecordingEndsAndSaysSo() throws Exception {
    hls("short", 60);
    Files.delete(FfmpegProgram.clip("short-3.ts"));
    List<Integer> seen = new ArrayList<>();
    VideoUrl url = VideoUrl.parse(server.url("/short.m3u8"));
    try (var reader = new LiveReader(url, ANY, new FrameSize(8192), PixelFormat.GRAY8)) {
      reader.open();
      readOn(reader, seen);
      assertThat(reader.missing().orElse("")).contains("end of the recording is missing", "404");
    }
    assertThat(seen).hasSize(45).endsWith(44);
  }

  @Test
  void aLostRecordingResumes() throws Exception {
    hls("lost", 90);
    var down = new AtomicBoolean();
    server.on(
        "/hidden/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().replace("/hidden/", "");
          if (name.equals("lost-3.ts")) {
            down.set(true);
          }
          if (down.get()) {
            return; // the connection ends without a response
          }
          byte[] bytes = Files.readAllBytes(FfmpegProgram.clip(name));
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    List<Integer> seen = new ArrayList<>();
    LivePosition place;
    VideoUrl url = VideoUrl.parse(server.url("/hidden/lost.m3u8"));
    try (var reader = new LiveReader(url, ANY, new FrameSize(8192), PixelFormat.GRAY8)) {
      reader.open();
      assertThatThrownBy(() -> readOn(reader, seen)).isInstanceOf(UrlFault.class);
      place = reader.place();
    }
    assertThat(seen).hasSizeBetween(30, 45); // pictures left in the decoder are shown later
    VideoUrl back = VideoUrl.parse(server.url("/lost.m3u8"));
    for (int again = 0; again < 2; again++) {
      try (var reader = new LiveReader(back, ANY, new FrameSize(8192), PixelFormat.GRAY8, place)) {
        reader.open();
        readOn(reader, seen);
        place = place.then(reader.place());
      }
      // The second read starts at the end of the playlist: no picture is shown twice.
      assertThat(seen).hasSize(90).isSorted().doesNotHaveDuplicates().endsWith(89);
    }
  }

  @Test
  void anUnchangedPlaylistIsNotReplayed() throws Exception {
    hls("stale", 90);
    var segments = new AtomicInteger(3);
    server.on(
        "/stalled.m3u8",
        exchange -> {
          var text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n");
          text.append("#EXT-X-MEDIA-SEQUENCE:0\n");
          for (int i = 0; i < segments.get(); i++) {
            text.append("#EXTINF:0.5,\nstale-").append(i).append(".ts\n");
          }
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    VideoUrl url = VideoUrl.parse(server.url("/stalled.m3u8"));
    LivePosition place = LivePosition.START;
    try (var reader = reader(url, place)) {
      reader.open();
      place = place.then(reader.place());
    }
    for (int again = 0; again < 2; again++) {
      try (var reader = reader(url, place)) {
        assertThatThrownBy(reader::open).hasMessageContaining("no new segments");
        place = place.then(reader.place());
      }
    }
    segments.set(4);
    try (var reader = reader(url, place)) {
      reader.open();
      assertThat(reader.take()).hasValueSatisfying(Frame::close);
    }
  }

  private static LiveReader reader(VideoUrl url, LivePosition place) {
    return new LiveReader(url, ANY, new FrameSize(8192), PixelFormat.GRAY8, place);
  }

  /** Reads to the end and adds each picture not seen before. */
  private static void readOn(LiveReader reader, List<Integer> seen) throws UrlFault {
    do {
      Optional<Frame> frame = reader.take();
      if (frame.isPresent()) {
        try (Frame shown = frame.get()) {
          seen.add(Numbered.read(shown));
        }
      }
    } while (reader.advance());
  }

  private static Path keyInfo() throws Exception {
    Path key = FfmpegProgram.clip("hls.key");
    Files.write(key, "sixteen bytes ok".getBytes(StandardCharsets.UTF_8));
    return Files.writeString(FfmpegProgram.clip("hls.keyinfo"), "hls.key\n" + key + "\n");
  }

  private void assertFault(String path, UrlFault.Kind kind) {
    assertThatThrownBy(() -> playThrough(path, 1))
        .isInstanceOfSatisfying(UrlFault.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  /** Plays every picture in order, to the end. */
  private VideoInfo playThrough(String path, int pictures) throws UrlFault {
    VideoUrl url = VideoUrl.parse(server.url(path));
    List<Integer> seen = new ArrayList<>();
    try (var reader = new LiveReader(url, ANY, new FrameSize(8192), PixelFormat.GRAY8)) {
      reader.open();
      do {
        try (Frame frame = reader.take().orElseThrow()) {
          seen.add(Numbered.read(frame));
        }
      } while (reader.advance());
      assertThat(seen).hasSize(pictures).isSorted().endsWith(pictures - 1);
      assertThat(reader.dropped()).isZero();
      return reader.info();
    }
  }

  private static void hls(String name, int pictures, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-c:v",
                "libx264",
                "-g",
                "15",
                "-pix_fmt",
                "yuv420p",
                "-f",
                "hls",
                "-hls_time",
                "0.5",
                "-hls_list_size",
                "0",
                "-hls_playlist_type",
                "vod",
                "-hls_segment_filename",
                FfmpegProgram.clip(name + "-%d.ts").toString()));
    options.addAll(List.of(more));
    Numbered.make(name + ".m3u8", pictures, options.toArray(String[]::new));
  }
}
