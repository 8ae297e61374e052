package framewise.media.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.FfmpegProgram;
import framewise.media.Numbered;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web cameras that send one JPEG after another and deviate from the standards. */
class JpegsInAnyFramingAreReadTest {
  private static final int PICTURES = 6;
  private static final List<byte[]> JPEGS = new ArrayList<>();

  /** What a camera sends before and after a picture; {@code %d} is its length. */
  enum Wrapping {
    AS_THE_STANDARD_HAS_IT("--b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n", "\r\n"),
    NO_FIRST_BOUNDARY("Content-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n", "\r\n--b\r\n"),
    A_TYPE_OF_ITS_OWN("--b\r\nContent-Type: image/jpg\r\nContent-Length: %d\r\n\r\n", "\r\n"),
    A_PROGRESSIVE_TYPE("--b\r\nContent-Type: image/pjpeg\r\nContent-Length: %d\r\n\r\n", "\r\n"),
    A_TYPE_WITH_PARAMETERS(
        "--b\r\nContent-Type: image/jpeg; charset=binary\r\nContent-Length: %d\r\n\r\n", "\r\n"),
    A_TYPE_IN_CAPITALS("--b\r\nCONTENT-TYPE: IMAGE/JPEG\r\nCONTENT-LENGTH: %d\r\n\r\n", "\r\n"),
    NO_TYPE("--b\r\nContent-Length: %d\r\n\r\n", "\r\n"),
    NO_HEADERS("--b\r\n\r\n", "\r\n"),
    NO_LENGTH("--b\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n"),
    TOO_SHORT("--b\r\nContent-Type: image/jpeg\r\nContent-Length: -2\r\n\r\n", "\r\n"),
    TOO_LONG("--b\r\nContent-Type: image/jpeg\r\nContent-Length: +9\r\n\r\n", "\r\n"),
    A_BOUNDARY_WITHOUT_DASHES(
        "b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n", "\r\n"),
    ANOTHER_BOUNDARY("--other\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n", "\r\n"),
    MORE_DASHES("----b\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n", "\r\n"),
    BARE_LINE_FEEDS("--b\nContent-Type: image/jpeg\nContent-Length: %d\n\n", "\n"),
    TEXT_BEFORE("Hello from the gate.\r\n\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n", "\r\n"),
    TEXT_PARTS(
        "--b\r\nContent-Type: text/plain\r\n\r\n12:00:01\r\n--b\r\nContent-Type: image/jpeg\r\n\r\n",
        "\r\n"),
    NOTHING_AT_ALL("", ""),
    BLANKS_BETWEEN("\r\n\r\n", "\0\0\0\0");

    private final String before;
    private final String after;

    Wrapping(String before, String after) {
      this.before = before;
      this.after = after;
    }

    byte[] wrap(byte[] jpeg) {
      String head =
          before
              .replace("%d", Integer.toString(jpeg.length))
              .replace("-2", Integer.toString(jpeg.length - 2))
              .replace("+9", Integer.toString(jpeg.length + 9));
      return joined(head.getBytes(ISO_8859_1), jpeg, after.getBytes(ISO_8859_1));
    }
  }

  private Camera camera;

  @BeforeAll
  static void draw() throws IOException {
    Numbered.make("wrapped-%02d.jpg", PICTURES, "-q:v", "2", "-f", "image2");
    JPEGS.clear();
    for (int i = 1; i <= PICTURES; i++) {
      JPEGS.add(Files.readAllBytes(FfmpegProgram.clip("wrapped-%02d.jpg".formatted(i))));
    }
  }

  @BeforeEach
  void start() throws IOException {
    camera = new Camera();
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    camera.close();
    assertThat(FramePool.inUse()).isZero();
    assertThat(JavaIo.open()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Wrapping.class)
  void eachPictureIsShown(Wrapping wrapping) throws Exception {
    camera.says("Content-Type: multipart/x-mixed-replace; boundary=b");
    JPEGS.forEach(jpeg -> camera.sends(wrapping.wrap(jpeg)));
    assertThat(seen()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/x-mixed-replace;boundary=\"b\"",
        "multipart/x-mixed-replace; boundary=--b",
        "multipart/x-mixed-replace",
        "Multipart/X-Mixed-Replace; boundary=b",
        "multipart/mixed; boundary=b",
        "image/jpeg",
        "video/x-motion-jpeg",
        "application/octet-stream",
        "text/plain",
        "",
      })
  void withAnyContentType(String type) throws Exception {
    camera.says(type.isEmpty() ? "X-Type: none" : "Content-Type: " + type);
    JPEGS.forEach(jpeg -> camera.sends(Wrapping.AS_THE_STANDARD_HAS_IT.wrap(jpeg)));
    assertThat(seen()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/jpeg", "video/x-motion-jpeg", "", "application/octet-stream"})
  void concatenatedWithAnyContentType(String type) throws Exception {
    camera.says(type.isEmpty() ? "X-Type: none" : "Content-Type: " + type);
    JPEGS.forEach(camera::sends);
    assertThat(seen()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void inSmallChunks() throws Exception {
    camera.says(
        "Content-Type: multipart/x-mixed-replace; boundary=b\r\nTransfer-Encoding: chunked");
    for (byte[] jpeg : JPEGS) {
      byte[] part = Wrapping.AS_THE_STANDARD_HAS_IT.wrap(jpeg);
      for (int i = 0; i < part.length; i += 700) {
        byte[] piece = Arrays.copyOfRange(part, i, Math.min(part.length, i + 700));
        camera.sends(
            joined(
                (Integer.toHexString(piece.length) + "\r\n").getBytes(ISO_8859_1),
                piece,
                "\r\n".getBytes(ISO_8859_1)));
      }
    }
    camera.sends("0\r\n\r\n".getBytes(ISO_8859_1));
    assertThat(seen()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  /** Sound contains arbitrary bytes, including some that look like the start of a picture. */
  @Test
  void betweenAudioParts() throws Exception {
    camera.says("Content-Type: multipart/x-mixed-replace; boundary=b");
    byte[] sound = new byte[4000];
    new Random(5).nextBytes(sound);
    for (int i = 100; i < 3900; i += 400) {
      byte[] start = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xe0, 0x7f, 0x10};
      System.arraycopy(start, 0, sound, i, start.length);
    }
    for (byte[] jpeg : JPEGS) {
      camera.sends("--b\r\nContent-Type: audio/basic\r\n\r\n".getBytes(ISO_8859_1));
      camera.sends(sound);
      camera.sends(Wrapping.AS_THE_STANDARD_HAS_IT.wrap(jpeg));
    }
    camera.sends(new byte[70_000]);
    assertThat(seen()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  /** An embedded picture, such as an Exif thumbnail, is not a picture of the stream. */
  @Test
  void thumbnailsBelongToTheirPicture() throws Exception {
    camera.says("Content-Type: multipart/x-mixed-replace; boundary=b");
    byte[] small = JPEGS.getFirst();
    for (byte[] jpeg : JPEGS) {
      int length = small.length + 2;
      byte[] segment = {(byte) 0xff, (byte) 0xe1, (byte) (length >> 8), (byte) length};
      camera.sends(
          Wrapping.NO_LENGTH.wrap(
              joined(
                  Arrays.copyOf(jpeg, 2),
                  segment,
                  small,
                  Arrays.copyOfRange(jpeg, 2, jpeg.length))));
    }
    assertThat(small.length).isLessThan(60_000);
    assertThat(seen()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void picturesWithoutAnEndMarker() throws Exception {
    camera.says("Content-Type: multipart/x-mixed-replace; boundary=b");
    JPEGS.forEach(
        jpeg -> camera.sends(Wrapping.NO_LENGTH.wrap(Arrays.copyOf(jpeg, jpeg.length - 2))));
    assertThat(seen()).containsExactly(0, 1, 2, 3, 4, 5);
  }

  @Test
  void truncatedPicturesAreSkipped() throws Exception {
    camera.says("Content-Type: multipart/x-mixed-replace; boundary=b");
    for (int i = 0; i < PICTURES; i++) {
      byte[] jpeg = JPEGS.get(i);
      camera.sends(Wrapping.NO_LENGTH.wrap(i == 3 ? Arrays.copyOf(jpeg, jpeg.length / 2) : jpeg));
    }
    assertThat(seen()).containsExactly(0, 1, 2, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Encoding: gzip",
        "Transfer-Encoding: gzip, chunked",
        "Content-Encoding: br"
      })
  void compressedBodiesAreRefusedWithTheReason(String header) {
    camera.says("Content-Type: multipart/x-mixed-replace; boundary=b\r\n" + header);
    camera.sends(new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertThatThrownBy(this::seen)
        .isInstanceOfSatisfying(
            UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.NO_VIDEO))
        .hasMessageContaining("The server compresses the video (");
  }

  @Test
  void aStreamWithoutJpegsIsReported() {
    camera.says("Content-Type: multipart/x-mixed-replace; boundary=b");
    camera.sends("--b\r\nContent-Type: image/png\r\n\r\nno JPEG\r\n".getBytes(ISO_8859_1));
    assertThatThrownBy(this::seen)
        .isInstanceOfSatisfying(
            UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.NO_VIDEO))
        .hasMessageContaining("no JPEG");
  }

  /**
   * A reader disconnects from a camera that never sends a picture, and does not fill the memory
   * until then.
   */
  @Test
  void anEndlessPrefixIsGivenUp() {
    camera.says("Content-Type: multipart/x-mixed-replace; boundary=b");
    byte[] text = new byte[1 << 20];
    Arrays.fill(text, (byte) 'x');
    for (int i = 0; i < 40; i++) {
      camera.sends(text);
    }
    assertThatThrownBy(this::seen)
        .isInstanceOf(UrlFault.class)
        .hasMessageContaining("32 MB from this address contain no JPEG");
  }

  /**
   * Returns every picture until the stream ends, which counts as a lost connection, because the
   * stream is not a recording.
   */
  private List<Integer> seen() throws UrlFault {
    List<Integer> seen = new ArrayList<>();
    camera.start();
    try (var reader =
        new LiveReader(
            VideoUrl.parse(camera.url()),
            Network.of(AllowedAddresses.ANY),
            new FrameSize(8192),
            PixelFormat.GRAY8)) {
      reader.open();
      assertThat(reader.info().codec()).isEqualTo("mjpeg");
      assertThatThrownBy(
              () -> {
                do {
                  try (Frame frame = reader.take().orElseThrow()) {
                    seen.add(Numbered.read(frame));
                  }
                } while (reader.advance());
              })
          .isInstanceOf(UrlFault.class);
    }
    return seen;
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** Answers one request with the given bytes and hangs up. */
  private static final class Camera implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();

    Camera() throws IOException {}

    void says(String headers) {
      answer.writeBytes(("HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n").getBytes(ISO_8859_1));
    }

    void sends(byte[] bytes) {
      answer.writeBytes(bytes);
    }

    String url() {
      return "http://127.0.0.1:%d/video".formatted(server.getLocalPort());
    }

    void start() {
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      try (Socket socket = server.accept();
          OutputStream out = socket.getOutputStream()) {
        byte[] request = new byte[4096];
        int got = socket.getInputStream().read(request);
        if (got > 0) {
          out.write(answer.toByteArray());
        }
        socket.shutdownOutput();
        while (socket.getInputStream().read(request) >= 0) {
          // until the reader hangs up
        }
      } catch (IOException theReaderHungUp) {
        // allowed
      }
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
