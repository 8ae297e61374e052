package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.SmallVideos;
import framewise.media.picture.FramePool;
import framewise.time.WallClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The times of answers are those at which a browser shows the same pictures, and the last answer
 * ends with the video.
 */
@Timeout(60)
class FilesUseThePlayersClockTest {
  @TempDir Path folder;

  private SessionFixture fixture;

  @BeforeEach
  void open() {
    fixture =
        new SessionFixture(
            folder,
            WallClock.system(),
            new TestBackend(
                "builtin",
                1,
                (clip, question) ->
                    "%s %dx%d"
                        .formatted(
                            clip.newest().time(), clip.newest().width(), clip.newest().height())));
  }

  @AfterEach
  void close() {
    fixture.close();
    assertThat(FramePool.inUse()).isZero();
  }

  @Test
  void picturesAfterTheSoundKeepTheirShownTime() throws Exception {
    Session session = add(SmallVideos.late(folder, 2, 6, 8), "late.mp4");
    assertThat(session.view().video().orElseThrow().duration().orElseThrow().seconds())
        .isBetween(7.9, 8.1);
    session.start(fast("when?"));
    List<JsonNode> events = untilOver(session);
    assertThat(results(events))
        .extracting(e -> e.at("/clip/start_seconds").asDouble() + " " + e.get("result").asText())
        .containsExactly(
            "0.0 00:00:02.000 160x120",
            "1.0 00:00:02.000 160x120",
            "2.0 00:00:02.000 160x120",
            "3.0 00:00:03.000 160x120",
            "4.0 00:00:04.000 160x120",
            "5.0 00:00:05.000 160x120",
            "6.0 00:00:06.000 160x120",
            "7.0 00:00:07.000 160x120");
  }

  /** A recording that was cut out of a longer one may start late. */
  @Test
  void aVideoThatStartsLateIsAskedFromItsStart() throws Exception {
    Session session = add(SmallVideos.offset(folder, 7.3, 3), "offset.mp4");
    session.start(fast("when?"));
    List<JsonNode> events = untilOver(session);
    assertThat(results(events))
        .extracting(e -> e.at("/clip/start_seconds").asDouble() + " " + e.get("result").asText())
        .containsExactly(
            "7.0 00:00:07.300 160x120",
            "8.0 00:00:08.000 160x120",
            "9.0 00:00:09.000 160x120",
            "10.0 00:00:10.000 160x120");
  }

  @Test
  void aTruncatedFileNamesTheCutOff() throws Exception {
    Path whole = SmallVideos.moving(folder, 20);
    byte[] bytes = Files.readAllBytes(SmallVideos.faststart(whole));
    Path torn = Files.write(folder.resolve("torn.mp4"), Arrays.copyOf(bytes, bytes.length / 2));
    Session session = add(torn, "torn.mp4");
    session.start(fast("when?"));
    List<JsonNode> events = untilOver(session);
    assertThat(events.getLast().get("status").asText()).isEqualTo("finished");
    assertThat(events.getLast().get("reason").asText())
        .matches("The file is cut off after 0:(0[6-9]|1[01]) of 0:20\\.");
    assertThat(session.view().reason()).contains(events.getLast().get("reason").asText());
    assertThat(results(events)).hasSizeBetween(6, 12);
  }

  @Test
  void growingPicturesAreAskedAtTheirSize() throws Exception {
    Session session = add(SmallVideos.growing(folder), "growing.mkv");
    assertThat(session.view().video().orElseThrow().width()).isEqualTo(2048);
    session.start(fast("how large?"));
    assertThat(results(untilOver(session)))
        .extracting(e -> e.get("result").asText().replaceAll(".* ", ""))
        .containsExactly("160x120", "160x120", "1280x1280", "1280x1280");
  }

  private Session add(Path video, String name) throws Exception {
    Path upload = fixture.sessions().newUpload();
    Files.move(video, upload, StandardCopyOption.REPLACE_EXISTING);
    return fixture.sessions().add(upload, name);
  }
}
