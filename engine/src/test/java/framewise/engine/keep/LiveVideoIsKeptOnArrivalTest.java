package framewise.engine.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.Status;
import framewise.engine.session.Session;
import framewise.engine.session.SessionFixture;
import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.engine.session.TestBackend;
import framewise.engine.settings.Pace;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.Ending;
import framewise.engine.source.HandFedSource;
import framewise.engine.source.SourceKind;
import framewise.media.network.AllowedAddresses;
import framewise.media.network.Network;
import framewise.media.network.VideoUrl;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FramePool;
import framewise.testing.RtspCamera;
import framewise.time.WallClock;
import framewise.vision.Backends;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LiveVideoIsKeptOnArrivalTest {
  private static final Optional<KeepSettings> OFTEN = Optional.of(new KeepSettings(60, 15, 160));

  @TempDir Path folder;

  private final AtomicInteger asked = new AtomicInteger();
  private final TestBackend backend =
      new TestBackend(
          "scripted",
          1,
          (clip, question) -> {
            asked.incrementAndGet();
            return "yes";
          });
  private Sessions sessions;

  @BeforeEach
  void open() {
    sessions =
        Sessions.open(
            new SessionOptions(folder.resolve("data"), true, 4)
                .toBuilder().network(Network.of(AllowedAddresses.ANY)).build(),
            new Backends(List.of(backend)),
            WallClock.system());
  }

  @AfterEach
  void close() {
    sessions.close();
    await().until(() -> FramePool.inUse() == 0);
  }

  @Test
  void aCameraIsKeptWithoutAQuestionAndAcrossARestart() throws Exception {
    try (var camera = RtspCamera.open(folder)) {
      Session session = sessions.addUrl(VideoUrl.parse(camera.url("", "/cam")), "camera", OFTEN);
      session.start(StreamSettings.NO_QUESTION);
      await().until(() -> session.footage().extent().frames() >= 3);
      assertThat(session.view().status()).isEqualTo(Status.STREAMING);
      assertThat(asked).hasValue(0);
      Extent extent = session.footage().extent();
      KeptFrame newest = extent.newest().orElseThrow();
      assertThat(newest.time().micros()).isPositive();
      EncodedPicture picture = session.footage().pictures(List.of(newest)).getFirst();
      var image = ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
      assertThat(image.getWidth()).isEqualTo(160);
      assertThat(image.getHeight()).isEqualTo(120);
      sessions.close();
      open();
      Session again = sessions.get(session.id());
      assertThat(again.footage().frame(0)).isPresent();
      await()
          .until(
              () -> again.footage().extent().newest().orElseThrow().index() > newest.index() + 1);
      sessions.delete(again.id());
      assertThat(folder.resolve("data/frames/" + again.id())).doesNotExist();
    }
  }

  @Test
  void publishedVideoIsKeptDuringAndAfterTheRun() throws Exception {
    var source = new HandFedSource();
    Session session =
        sessions.stream(SourceKind.WHIP, "sender", source, StreamSettings.of("What is it?"), OFTEN);
    for (int luma = 40; luma < 200; luma += 20) {
      long before = session.footage().extent().frames();
      source.send(luma);
      await().until(() -> session.footage().extent().frames() > before);
    }
    source.end(Ending.OF_FILE);
    await().until(() -> session.view().status() == Status.FINISHED);
    Extent extent = session.footage().extent();
    assertThat(extent.frames()).isEqualTo(8);
    assertThat(session.footage().pictures(List.of(extent.oldest().orElseThrow()))).hasSize(1);
    assertThat(sessions.frames().kept()).isEqualTo(8);
  }

  @Test
  void keepingCanBeOff() throws Exception {
    var source = new HandFedSource();
    Session session =
        sessions.stream(
            SourceKind.WHIP,
            "sender",
            source,
            StreamSettings.NO_QUESTION,
            Optional.of(KeepSettings.OFF));
    source.send(100);
    await().until(() -> session.view().status() == Status.STREAMING);
    source.end(Ending.OF_FILE);
    await().until(() -> session.view().status() == Status.FINISHED);
    assertThat(session.footage().extent()).isEqualTo(Extent.NONE);
  }

  @Test
  void everyPictureOfAFileIsAvailable() throws Exception {
    try (var fixture = new SessionFixture(folder.resolve("files"), WallClock.system(), backend)) {
      Session session = fixture.upload(2);
      assertThat(session.footage().extent().frames()).isEqualTo(20);
      session.start(StreamSettings.of("x").withPace(Pace.FAST));
      assertThat(session.footage().frame(19)).isPresent();
    }
  }
}
