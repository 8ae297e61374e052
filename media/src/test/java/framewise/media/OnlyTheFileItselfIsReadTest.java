package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import framewise.media.file.VideoReader;
import framewise.media.picture.FramePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file that is not a video is refused with a sentence, and files that it refers to are never
 * opened.
 */
class OnlyTheFileItselfIsReadTest {
  private static final String ALLOWED = "mp4, avi, mov, mkv or webm";

  @TempDir Path folder;
  private HttpServer server;
  private final List<String> asked = new CopyOnWriteArrayList<>();

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    assertThat(asked).as("requests that a file made the service send").isEmpty();
    assertThat(FramePool.inUse()).isZero();
  }

  @ParameterizedTest
  @MethodSource
  void aTextThatPointsElsewhere(String text) throws Exception {
    Path video = video();
    String address = "http:/" + server.getAddress();
    Path file = folder.resolve("innocent.mp4");
    Files.writeString(file, text.replace("URL", address).replace("VIDEO", video.toString()));

    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessageStartingWith("The file is ")
        .hasMessageContaining(ALLOWED);
  }

  static List<String> aTextThatPointsElsewhere() {
    return List.of(
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:9
        #EXTINF:9,
        URL/a.ts
        #EXT-X-ENDLIST
        """,
        """
        #EXTM3U
        #EXT-X-TARGETDURATION:9
        #EXTINF:9,
        file://VIDEO
        #EXT-X-ENDLIST
        """,
        """
        ffconcat version 1.0
        file 'URL/a.mp4'
        """,
        """
        ffconcat version 1.0
        file 'VIDEO'
        """,
        "file 'VIDEO'",
        """
        v=0
        o=- 0 0 IN IP4 127.0.0.1
        s=x
        c=IN IP4 127.0.0.1
        t=0 0
        m=video 5004 RTP/AVP 96
        a=rtpmap:96 H264/90000
        """,
        """
        <?xml version="1.0"?>
        <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet>
        <Representation id="1" bandwidth="9"><BaseURL>URL/a.mp4</BaseURL></Representation>
        </AdaptationSet></Period></MPD>
        """,
        """
        [playlist]
        File1=URL/a.mp4
        """,
        "Just some words.",
        "\0\1\2\3");
  }

  @Test
  void aMovieWithPicturesInAnotherFile() throws Exception {
    Path video = video();
    byte[] bytes = Files.readAllBytes(video);
    // The data reference "url " with flag 1 means "in this file"; here it names another file.
    int url = indexOf(bytes, "url ");
    assertThat(bytes[url + 7]).isEqualTo((byte) 1);
    bytes[url + 7] = 0;
    bytes[url] = 'a';
    bytes[url + 1] = 'l';
    bytes[url + 2] = 'i';
    bytes[url + 3] = 's';
    Path file = folder.resolve("reference.mov");
    Files.write(file, bytes);
    long before = Files.getLastModifiedTime(video).toMillis();

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(Numbered.at(reader, 0.51)).isEqualTo(15);
    } catch (NotAVideoException refused) {
      assertThat(refused).hasMessageContaining("mov");
    }
    assertThat(Files.getLastModifiedTime(video).toMillis()).isEqualTo(before);
  }

  @Test
  void anEmptyFile() throws Exception {
    Path file = Files.createFile(folder.resolve("empty.mp4"));

    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessage("The file is empty; use " + ALLOWED + ".");
  }

  @Test
  void audioOnly() {
    Path wave = FfmpegProgram.make("sound.wav", "-f", "lavfi", "-i", "sine=duration=1");
    Path mp4 = FfmpegProgram.make("sound.mp4", "-f", "lavfi", "-i", "sine=duration=1");

    assertThatThrownBy(() -> VideoReader.probe(wave))
        .isInstanceOf(NotAVideoException.class)
        .hasMessage("The file is audio (wav), not a video; use " + ALLOWED + ".");
    assertThatThrownBy(() -> VideoReader.probe(mp4))
        .isInstanceOf(NotAVideoException.class)
        .hasMessageStartingWith("The mp4 file has no video, only audio");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "webp"})
  void aPicture(String kind) throws Exception {
    Path picture =
        FfmpegProgram.make(
            "picture." + kind, "-f", "lavfi", "-i", "testsrc=size=64x64", "-frames:v", "1");
    Path file = folder.resolve("picture.mp4");
    Files.copy(picture, file);

    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessage("The file is a picture, not a video; use " + ALLOWED + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpegts", "flv", "mpeg", "ogg", "asf"})
  void unsupportedContainers(String format) throws Exception {
    Path made =
        FfmpegProgram.make(
            "other." + format, "-f", "lavfi", "-i", "testsrc=size=64x64:duration=1", "-f", format);
    Path file = folder.resolve("other.mp4");
    Files.copy(made, file);

    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessageStartingWith("The file ")
        .hasMessageEndingWith("; use " + ALLOWED + ".");
  }

  @Test
  void anUnsupportedCodec() {
    Path file =
        FfmpegProgram.make(
            "cinepak.avi",
            "-f",
            "lavfi",
            "-i",
            "testsrc=size=64x64:duration=0.2",
            "-c:v",
            "cinepak");

    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessageStartingWith("The video codec cinepak of this avi file")
        .hasMessageContaining("h264, hevc, vp8, vp9, av1");
  }

  @Test
  void oversizedPictures() {
    Path file =
        FfmpegProgram.make(
            "wide.mkv",
            "-f",
            "lavfi",
            "-i",
            "color=size=8300x16:duration=0.1",
            "-c:v",
            "mjpeg",
            "-pix_fmt",
            "yuvj420p");

    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessage(
            "The video's pictures are 8300x16 pixels; at most 8192 a side are allowed. Scale it"
                + " down first.");
  }

  @Test
  void tooManyStreams() {
    String[] arguments = new String[4 + 2 * 70 + 4];
    List<String> start = List.of("-f", "lavfi", "-i", "color=size=16x16:duration=0.1");
    for (int i = 0; i < 4; i++) {
      arguments[i] = start.get(i);
    }
    for (int i = 0; i < 70; i++) {
      arguments[4 + 2 * i] = "-map";
      arguments[5 + 2 * i] = "0:v";
    }
    arguments[144] = "-c:v";
    arguments[145] = "mjpeg";
    arguments[146] = "-pix_fmt";
    arguments[147] = "yuvj420p";
    Path file = FfmpegProgram.make("streams.mkv", arguments);

    assertThatThrownBy(() -> VideoReader.probe(file))
        .isInstanceOf(NotAVideoException.class)
        .hasMessageContaining("mkv");
  }

  @Test
  void aFolderAndAMissingFile() {
    assertThatThrownBy(() -> VideoReader.probe(folder)).isInstanceOf(NotAVideoException.class);
    assertThatThrownBy(() -> VideoReader.probe(folder.resolve("none.mp4")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aFileWhoseNameLooksLikeAProtocol() throws Exception {
    Path file = folder.resolve("concat:a|b %d.mp4");
    Files.copy(video(), file);

    try (VideoReader reader = Numbered.open(file)) {
      assertThat(Numbered.at(reader, 0.51)).isEqualTo(15);
    }
  }

  private static Path video() {
    return Numbered.make("plain.mp4", 30, "-c:v", "libx264", "-pix_fmt", "yuv420p");
  }

  private static int indexOf(byte[] bytes, String word) {
    byte[] wanted = word.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("no " + word);
  }
}
