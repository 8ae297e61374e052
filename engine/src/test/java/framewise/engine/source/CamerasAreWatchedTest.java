package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import framewise.media.VideoInfo;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.UrlFault.Kind;
import framewise.media.network.VideoUrl;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.testing.RtspCamera;
import framewise.time.WallClock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamerasAreWatchedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final Queue<Kind> lost = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<String> reported = new LinkedBlockingQueue<>();

  @AfterEach
  void everythingIsFree() {
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void picturesAndTheirFormatArrive() throws Exception {
    try (RtspCamera camera = RtspCamera.open(folder);
        UrlSource source = source(camera.url("", "/cam"))) {
      VideoInfo info = picture(source);
      assertThat(info.container()).isEqualTo("rtsp");
      assertThat(info.codec()).isEqualTo("h264");
      assertThat(info.width()).isEqualTo(320);
      assertThat(info.height()).isEqualTo(240);
      for (int i = 0; i < 10; i++) {
        picture(source);
      }
      assertThat(source.ending()).isEmpty();
      assertThat(reported).isEmpty();
    }
  }

  @Test
  void eachPictureHasItsOwnSize() throws Exception {
    try (RtspCamera camera = RtspCamera.resizing(folder);
        UrlSource source = source(camera.url("", "/cam"))) {
      Set<String> sizes = new LinkedHashSet<>();
      while (sizes.size() < 3) {
        try (Frame frame = source.next(PATIENCE).orElseThrow()) {
          sizes.add(frame.width() + "x" + frame.height());
        }
      }
      VideoInfo last = picture(source);
      assertThat(last.width()).isEqualTo(240);
      assertThat(last.height()).isEqualTo(320);
      assertThat(sizes).containsExactly("320x240", "640x360", "240x320");
      assertThat(reported).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "digest"})
  void onlyTheCorrectPasswordIsAccepted(String method) throws Exception {
    try (RtspCamera camera = RtspCamera.guarded(folder, "ada", "p@ss word", method)) {
      try (UrlSource source = source(camera.url("ada:p%40ss%20word@", "/cam"))) {
        picture(source);
      }
      for (String login : new String[] {"", "ada:wrong@"}) {
        try (UrlSource source = source(camera.url(login, "/cam"))) {
          assertThat(trouble(source)).contains("(401)").doesNotContain("wrong");
        }
      }
    }
  }

  @Test
  void aRestartedCameraReconnects() throws Exception {
    try (RtspCamera camera = RtspCamera.open(folder);
        UrlSource source = source(camera.url("", "/cam"))) {
      assertThat(source.reception())
          .isEqualTo(new Reception(false, Optional.empty(), Optional.empty()));
      picture(source);
      Reception alive = source.reception();
      assertThat(alive.connected()).isTrue();
      assertThat(alive.trouble()).isEmpty();
      assertThat(alive.lastPictureAt().orElseThrow())
          .isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
      camera.off();
      assertThat(trouble(source)).contains("closed the connection");
      assertThat(trouble(source)).contains("refuses connections");
      assertThat(lost).startsWith(Kind.LOST, Kind.REFUSED);
      Reception down = source.reception();
      assertThat(down.connected()).isFalse();
      assertThat(down.trouble().orElseThrow())
          .contains("refuses connections")
          .doesNotContain("attempt");
      assertThat(down.lastPictureAt().orElseThrow())
          .isBetween(alive.lastPictureAt().orElseThrow(), Instant.now());
      camera.on();
      assertThat(await("back")).isEqualTo("The video is back.");
      picture(source);
      Reception again = source.reception();
      assertThat(again.connected()).isTrue();
      assertThat(again.trouble()).isEmpty();
      assertThat(again.lastPictureAt().orElseThrow()).isAfter(down.lastPictureAt().orElseThrow());
      assertThat(source.ending()).isEmpty();
    }
  }

  @Test
  void stoppingLosesNothing() throws Exception {
    try (RtspCamera camera = RtspCamera.open(folder)) {
      try (UrlSource source = source(camera.url("", "/cam"))) {
        picture(source);
      }
      assertThat(lost).isEmpty();
    }
  }

  @Test
  void errorsNameTheReason() throws Exception {
    try (RtspCamera camera = RtspCamera.open(folder);
        UrlSource source = source(camera.url("", "/nothing"))) {
      assertThat(trouble(source)).contains("no stream at this address (404)");
    }
    try (RtspCamera camera = RtspCamera.deaf(folder);
        UrlSource source = source(camera.url("", "/cam"))) {
      assertThat(trouble(source)).contains("has no video");
    }
  }

  @Test
  void aSilentCameraCanBeStoppedAtOnce() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try (UrlSource source = source("rtsp://127.0.0.1:%d/cam".formatted(silent.getLocalPort()))) {
        source.next(Duration.ZERO).ifPresent(Frame::close);
        silent.accept().close();
        assertThat(trouble(source)).contains("The connection was lost.");
        assertThat(silent.accept().isConnected()).isTrue(); // and sends nothing
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().equals("url-test"));
    }
  }

  private UrlSource source(String url) {
    var source =
        new UrlSource(
            "test",
            VideoUrl.parse(url),
            Network.of(AllowedAddresses.ANY),
            WallClock.system(),
            lost::add);
    source.onNotice(reported::add);
    return source;
  }

  private static VideoInfo picture(UrlSource source) throws InterruptedException {
    try (Frame frame = source.next(PATIENCE).orElseThrow()) {
      return source.info(frame);
    }
  }

  /** Waits for the report of the next failed attempt. */
  private String trouble(UrlSource source) throws InterruptedException {
    source.next(Duration.ZERO).ifPresent(Frame::close);
    return await("Trying again");
  }

  private String await(String words) throws InterruptedException {
    while (true) {
      String sentence = reported.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(sentence).as("a sentence with " + words).isNotNull();
      if (sentence.contains(words)) {
        return sentence;
      }
    }
  }
}
