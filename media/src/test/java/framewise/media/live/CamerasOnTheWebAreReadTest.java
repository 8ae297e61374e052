package framewise.media.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import framewise.media.FfmpegProgram;
import framewise.media.Numbered;
import framewise.media.WebServer;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.UrlFault;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.media.picture.FrameSize;
import framewise.media.picture.PixelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Web cameras that send one JPEG after another, some of which require a login. */
class CamerasOnTheWebAreReadTest {
  private static final String REALM = "camera";
  private static final String NONCE = "dcd98b7102dd2f0e8b11d0f600bfb0c093";
  private static final int PICTURES = 12;

  private WebServer server;

  @BeforeEach
  void start() throws Exception {
    Numbered.make("camera.mp4", 20, "-c:v", "libx264", "-pix_fmt", "yuv420p");
    server = new WebServer("127.0.0.1").folder(FfmpegProgram.clip(""));
  }

  @AfterEach
  void nothingIsLeft() {
    server.close();
    assertThat(FramePool.inUse()).isZero();
    assertThat(JavaIo.open()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/x-mixed-replace; boundary=frame",
        "multipart/x-mixed-replace;boundary=\"--frame\""
      })
  void jpegsAreShownOnArrival(String type) throws Exception {
    List<byte[]> jpegs = jpegs();
    server.on("/mjpeg", exchange -> stream(exchange, jpegs, type));
    List<Integer> seen = new ArrayList<>();
    try (var reader = reader("/mjpeg", "")) {
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
          .as("a camera that ends is lost, it is no recording")
          .isInstanceOf(UrlFault.class);
    }
    assertThat(seen).isSorted().hasSizeGreaterThan(PICTURES / 2).startsWith(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic", "Digest", "Digest SHA-256"})
  void onlyTheCorrectPasswordIsAccepted(String method) throws Exception {
    server.on("/guarded.mp4", exchange -> guarded(exchange, method));
    try (var reader = reader("/guarded.mp4", "ada:p%40ss%20word@")) {
      reader.open();
      assertThat(reader.advance()).isTrue();
    }
    for (String login : List.of("", "ada:wrong@", "bob:p%40ss%20word@")) {
      assertThatThrownBy(
              () -> {
                try (var reader = reader("/guarded.mp4", login)) {
                  reader.open();
                }
              })
          .isInstanceOfSatisfying(
              UrlFault.class, e -> assertThat(e.kind()).isEqualTo(UrlFault.Kind.UNAUTHORISED))
          .hasMessageContaining("401")
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void passwordsAreNotSentToRedirectTargets() throws Exception {
    List<String> authorizations = new ArrayList<>();
    try (WebServer other = new WebServer("127.0.0.1")) {
      other.on(
          "/guarded.mp4",
          exchange -> {
            authorizations.add(
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"other\"");
            exchange.sendResponseHeaders(401, -1);
          });
      server.redirect("/away.mp4", other.url("/guarded.mp4"));
      assertThatThrownBy(
              () -> {
                try (var reader = reader("/away.mp4", "ada:p%40ss%20word@")) {
                  reader.open();
                }
              })
          .isInstanceOf(UrlFault.class);
    }
    assertThat(authorizations).isNotEmpty().containsOnly("null");
  }

  private LiveReader reader(String path, String login) {
    String url = server.url(path).replace("://", "://" + login);
    return new LiveReader(
        VideoUrl.parse(url),
        Network.of(AllowedAddresses.ANY),
        new FrameSize(8192),
        PixelFormat.GRAY8);
  }

  private static List<byte[]> jpegs() throws IOException {
    Numbered.make("camera-%02d.jpg", PICTURES, "-q:v", "2", "-f", "image2");
    List<byte[]> jpegs = new ArrayList<>();
    for (int i = 1; i <= PICTURES; i++) {
      jpegs.add(Files.readAllBytes(FfmpegProgram.clip("camera-%02d.jpg".formatted(i))));
    }
    return jpegs;
  }

  private static void stream(HttpExchange exchange, List<byte[]> jpegs, String type)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, 0);
    var out = exchange.getResponseBody();
    for (byte[] jpeg : jpegs) {
      String head =
          "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n"
              .formatted(jpeg.length);
      out.write(head.getBytes(UTF_8));
      out.write(jpeg);
      out.write("\r\n".getBytes(UTF_8));
      out.flush();
    }
  }

  private static void guarded(HttpExchange exchange, String method) throws IOException {
    String said = exchange.getRequestHeaders().getFirst("Authorization");
    if (said != null && (method.equals("Basic") ? isBasic(said) : isDigest(said, method))) {
      byte[] bytes = Files.readAllBytes(FfmpegProgram.clip("camera.mp4"));
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
      return;
    }
    String question =
        method.equals("Basic")
            ? "Basic realm=\"%s\"".formatted(REALM)
            : "Digest realm=\"%s\", nonce=\"%s\", qop=\"auth\"%s"
                .formatted(REALM, NONCE, method.contains("SHA") ? ", algorithm=SHA-256" : "");
    exchange.getResponseHeaders().set("WWW-Authenticate", question);
    exchange.sendResponseHeaders(401, -1);
  }

  private static boolean isBasic(String said) {
    return said.equals(
        "Basic " + Base64.getEncoder().encodeToString("ada:p@ss word".getBytes(UTF_8)));
  }

  /** RFC 7616, section 3.4.1, computed independently of the client. */
  private static boolean isDigest(String said, String method) {
    String hash = method.contains("SHA") ? "SHA-256" : "MD5";
    String who = hash(hash, "ada:%s:p@ss word".formatted(REALM));
    String what = hash(hash, "GET:/guarded.mp4");
    String proof =
        String.join(":", who, NONCE, part(said, "nc"), part(said, "cnonce"), "auth", what);
    return said.contains("username=\"ada\"") && part(said, "response").equals(hash(hash, proof));
  }

  private static String part(String header, String name) {
    Matcher found = Pattern.compile("\\b" + name + "=\"?([^\",]+)").matcher(header);
    return found.find() ? found.group(1) : "";
  }

  private static String hash(String name, String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(name).digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
