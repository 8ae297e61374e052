package framewise.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.media.Frame;
import framewise.media.FramePool;
import framewise.media.VideoInfo;
import framewise.media.network.Network;
import framewise.media.network.Reach;
import framewise.media.network.VideoUrl;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CamerasAreWatchedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private final LongAdder lost = new LongAdder();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @AfterEach
  void everythingIsFree() {
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void picturesComeAndItIsSaidWhatTheyAre() throws Exception {
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
      assertThat(source.over()).isEmpty();
      assertThat(told).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "digest"})
  void onlyTheRightPasswordOpensIt(String method) throws Exception {
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
  void aCameraThatDiesAndComesBackIsWatchedOn() throws Exception {
    try (RtspCamera camera = RtspCamera.open(folder);
        UrlSource source = source(camera.url("", "/cam"))) {
      picture(source);
      camera.off();
      assertThat(trouble(source)).contains("closed the connection");
      assertThat(trouble(source)).contains("refuses connections");
      assertThat(lost.sum()).isGreaterThanOrEqualTo(2);
      camera.on();
      assertThat(await("back")).isEqualTo("The video is back.");
      picture(source);
      assertThat(source.over()).isEmpty();
    }
  }

  @Test
  void whatIsWrongIsSaid() throws Exception {
    try (RtspCamera camera = RtspCamera.open(folder);
        UrlSource source = source(camera.url("", "/nothing"))) {
      assertThat(trouble(source)).contains("no such stream (404)");
    }
    try (RtspCamera camera = RtspCamera.deaf(folder);
        UrlSource source = source(camera.url("", "/cam"))) {
      assertThat(trouble(source)).contains("holds no video");
    }
  }

  @Test
  void oneThatSaysNothingIsLeftAtOnce() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      try (UrlSource source = source("rtsp://127.0.0.1:%d/cam".formatted(silent.getLocalPort()))) {
        source.next(Duration.ZERO).ifPresent(Frame::close);
        silent.accept().close();
        assertThat(trouble(source)).contains("The connection was lost.");
        assertThat(silent.accept().isConnected()).isTrue(); // and nothing is said on it
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().equals("url-test"));
    }
  }

  private UrlSource source(String url) {
    var source = new UrlSource("test", VideoUrl.parse(url), Network.of(Reach.ANY), lost::increment);
    source.tell(told::add);
    return source;
  }

  private static VideoInfo picture(UrlSource source) throws InterruptedException {
    try (Frame frame = source.next(PATIENCE).orElseThrow()) {
      return source.info(frame);
    }
  }

  /** What is said of the next attempt that fails. */
  private String trouble(UrlSource source) throws InterruptedException {
    source.next(Duration.ZERO).ifPresent(Frame::close);
    return await("next attempt");
  }

  private String await(String words) throws InterruptedException {
    while (true) {
      String sentence = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(sentence).as("a sentence with " + words).isNotNull();
      if (sentence.contains(words)) {
        return sentence;
      }
    }
  }
}
