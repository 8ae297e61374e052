package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.network.Network;
import framewise.media.network.Reach;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VideoOnTheWebIsReadTest {
  private static final Network ANY = Network.of(Reach.ANY);

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
  void anMp4WhoseIndexComesLast() throws Exception {
    Path file = Numbered.make("web.mp4", 45, "-c:v", "libx264", "-pix_fmt", "yuv420p");
    VideoInfo info = playThrough("/" + file.getFileName(), 45);
    assertThat(info.container()).isEqualTo("mp4");
    assertThat(info.codec()).isEqualTo("h264");
    assertThat(info.duration()).hasValue(MediaTime.ofSeconds(1.5));
  }

  @Test
  void aWebmThatIsToldByItsContent() throws Exception {
    Path file = Numbered.make("web.webm", 30, "-c:v", "libvpx", "-b:v", "1M");
    server.redirect("/moved", "/" + file.getFileName());
    assertThat(playThrough("/moved", 30).codec()).isEqualTo("vp8");
  }

  @Test
  void aPlaylistOnDemand() throws Exception {
    hls("vod", 60);
    VideoInfo info = playThrough("/vod.m3u8", 60);
    assertThat(info.container()).isEqualTo("hls");
  }

  @Test
  void aPlaylistOnDemandInAnotherPlaceThanWasAsked() throws Exception {
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
  void whatIsNoVideoIsSaid() {
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
  void aPlaylistThatGrowsAndOneOfWhoseSegmentsIsLate() throws Exception {
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
  void aConnectionThatBreaksIsTakenUpWhereItWas() throws Exception {
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
  void oneThatBreaksWithoutPartsIsLost() throws Exception {
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

  private void assertFault(String path, UrlFault.Kind kind) {
    assertThatThrownBy(() -> playThrough(path, 1))
        .isInstanceOfSatisfying(UrlFault.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  /** Every picture in its order, to the end. */
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

  private static void hls(String name, int pictures) {
    Numbered.make(
        name + ".m3u8",
        pictures,
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
        FfmpegProgram.clip(name + "-%d.ts").toString());
  }
}
