package framewise.engine.session.restart;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SmallVideos;
import framewise.engine.Status;
import framewise.engine.files.FileLocation;
import framewise.engine.files.S3Address;
import framewise.engine.files.S3Credentials;
import framewise.engine.result.Tap;
import framewise.engine.session.Session;
import framewise.engine.session.SessionOptions;
import framewise.engine.session.Sessions;
import framewise.engine.session.TestBackend;
import framewise.overshoot.Secret;
import framewise.testing.S3Server;
import framewise.time.WallClock;
import framewise.vision.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node has no copy of the video, and the file store is down when the node needs it. */
@Timeout(120)
class SessionsResumeWhenTheFileStoreIsBackTest {
  @TempDir Path folder;
  private final Semaphore mayAnswer = new Semaphore(2);
  private final TestBackend backend =
      new TestBackend(
          "builtin",
          1,
          (clip, question) -> {
            mayAnswer.acquire();
            return "clip " + clip.index();
          });
  private S3Server store;

  @BeforeEach
  void start() {
    store = S3Server.start(folder);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void streamingSessionsResume() throws Exception {
    Session before;
    try (Sessions sessions = open()) {
      before = upload(sessions);
      Tap tap = before.log().tap(0);
      before.start(fast("which?"));
      next(tap, "result");
      next(tap, "result");
    }
    forgetCopies();
    try (Sessions sessions = open()) {
      Session after = sessions.get(before.id());
      store.stop();
      sessions.resume();
      mayAnswer.release(100);
      assertThatThrownBy(() -> after.start(fast("which?"))).isInstanceOf(RefusedException.class);
      store.restart();
      List<JsonNode> events = untilOver(after);
      assertThat(results(events))
          .extracting(event -> event.at("/clip/index").asLong())
          .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
      assertThat(events)
          .extracting(event -> event.path("detail").asText())
          .anyMatch(detail -> detail.startsWith("Copying the video from the file store ("));
      assertThat(after.view().status()).isEqualTo(Status.FINISHED);
    }
  }

  @Test
  void startsAreRefusedUntilThen() throws Exception {
    mayAnswer.release(100);
    try (Sessions sessions = open()) {
      Session session = upload(sessions);
      forgetCopies();
      store.stop();
      assertThatThrownBy(() -> session.start(fast("which?")))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal().code()).isEqualTo(Code.FILES_UNAVAILABLE));
      store.restart();
      session.start(fast("which?"));
      assertThat(results(untilOver(session))).hasSize(6);
    }
  }

  private Session upload(Sessions sessions) throws Exception {
    Path upload = sessions.newUpload();
    Files.move(SmallVideos.moving(folder, 6), upload, StandardCopyOption.REPLACE_EXISTING);
    return sessions.add(upload, "moving.mp4");
  }

  private void forgetCopies() throws IOException {
    try (var files = Files.walk(folder.resolve("data/copies"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private Sessions open() {
    return Sessions.openWaiting(
        new SessionOptions(folder.resolve("data"), true, 4)
            .toBuilder()
                .files(
                    Optional.of(
                        new FileLocation.Bucket(
                            S3Address.parse(store.location("resume")),
                            Optional.of(new S3Credentials(S3Server.ID, Secret.of(S3Server.SECRET))),
                            1L << 30)))
                .build(),
        new Backends(List.of(backend)),
        WallClock.system());
  }
}
