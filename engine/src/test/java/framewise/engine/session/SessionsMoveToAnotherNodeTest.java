package framewise.engine.session;

import static framewise.engine.session.SessionFixture.fast;
import static framewise.engine.session.SessionFixture.next;
import static framewise.engine.session.SessionFixture.results;
import static framewise.engine.session.SessionFixture.untilOver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.SmallVideos;
import framewise.engine.Status;
import framewise.engine.cluster.Membership;
import framewise.engine.cluster.Node;
import framewise.engine.files.FileLocation;
import framewise.engine.result.Tap;
import framewise.engine.session.view.SessionView;
import framewise.engine.store.TestDatabase;
import framewise.engine.store.postgres.PostgresUrl;
import framewise.time.WallClock;
import framewise.vision.Backends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes in one process, on one database in PostgreSQL. */
@Timeout(120)
class SessionsMoveToAnotherNodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final PostgresUrl url = TestDatabase.newUrl();
  private final Semaphore mayAnswer = new Semaphore(3);
  private final TestBackend backend =
      new TestBackend(
          "builtin",
          1,
          (clip, question) -> {
            mayAnswer.acquire();
            return "clip " + clip.index();
          });
  private final Sessions first;
  private final Sessions second;

  SessionsMoveToAnotherNodeTest(@TempDir Path folder) {
    this.folder = folder;
    this.first = node("first");
    this.second = node("second");
  }

  @AfterEach
  void close() {
    mayAnswer.release(1_000);
    first.close();
    second.close();
  }

  @Test
  void bothNodesWorkAtTheSameTime() throws Exception {
    mayAnswer.release(1_000);
    Session here = upload(first);
    Session there = upload(second);
    here.start(fast("which?"));
    there.start(fast("which?"));
    for (Session session : List.of(here, there)) {
      assertThat(results(untilOver(session))).hasSize(6);
    }
    for (Sessions node : List.of(first, second)) {
      assertThat(node.list(0, 10))
          .extracting(SessionView::id)
          .containsExactly(there.id(), here.id());
      assertThat(node.list(0, 10))
          .allSatisfy(view -> assertThat(view.status()).isEqualTo(Status.FINISHED));
    }
    assertThat(first.cluster().orElseThrow().nodes())
        .extracting(Node::address)
        .containsExactly("first", "second");
  }

  @Test
  void theOtherNodeShowsEveryEventReadOnly() throws Exception {
    Session here = upload(first);
    Session there = second.get(here.id());
    Tap tap = there.log().tapUntilStarted(0);
    assertThat(there.isOwned()).isFalse();
    here.start(fast("which?"));
    for (int i = 0; i < 3; i++) {
      assertThat(next(tap, "result").at("/clip/index").asInt()).isEqualTo(i);
    }
    assertThat(second.get(here.id()).view().status()).isEqualTo(Status.STREAMING);
    assertThat(second.otherOwner(here.id()).orElseThrow().url()).isEqualTo("http://first");
    assertThat(first.otherOwner(here.id())).isEmpty();
    for (Runnable change :
        List.<Runnable>of(there::stop, () -> there.rename(Optional.of("x")), there::retire)) {
      assertThatThrownBy(change::run)
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> assertThat(e.refusal().code()).isEqualTo(Code.TAKEN_OVER));
    }
    mayAnswer.release(1_000);
    assertThat(untilOver(there)).isEqualTo(untilOver(here));
    here.rename(Optional.of("a name"));
    assertThat(second.get(here.id()).view().name()).isEqualTo("a name");
    first.delete(here.id());
    await().atMost(PATIENCE).until(() -> second.find(here.id()).isEmpty());
  }

  @Test
  void anotherNodeContinuesAfterTheLastResult() throws Exception {
    Session here = upload(first);
    Tap tap = second.get(here.id()).log().tapUntilStarted(0);
    here.start(fast("which?"));
    for (int i = 0; i < 3; i++) {
      JsonNode _ = next(tap, "result");
    }
    first.close();
    mayAnswer.release(1_000);
    JsonNode moved = next(tap, "resumed_on");
    assertThat(moved.path("node").asText()).isEqualTo("second");
    assertThat(moved.path("gap_seconds").asDouble()).isBetween(0.0, 30.0);
    List<JsonNode> events = untilOver(second.get(here.id()));
    assertThat(events)
        .extracting(e -> e.get("seq").asLong())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, events.size()).boxed().toList());
    assertThat(results(events))
        .extracting(e -> e.at("/clip/index").asLong())
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    assertThat(second.get(here.id()).view().status()).isEqualTo(Status.FINISHED);
  }

  @Test
  void aDrainedNodeHandsOverItsSessions() throws Exception {
    Session here = upload(first);
    here.start(fast("which?"));
    Tap tap = here.log().tap(0);
    for (int i = 0; i < 3; i++) {
      JsonNode _ = next(tap, "result");
    }
    first.drain();
    mayAnswer.release(1_000);
    assertThat(here.isOwned()).isFalse();
    // A client that is connected to the former owner receives all events.
    JsonNode moved = next(tap, "resumed_on");
    assertThat(moved.path("node").asText()).isEqualTo("second");
    List<JsonNode> events = untilOver(here);
    assertThat(results(events))
        .extracting(e -> e.at("/clip/index").asLong())
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    Session idle = upload(second);
    assertThat(second.otherOwner(idle.id())).isEmpty();
  }

  /** Regression: the database row of a node that had just started said that it had no capacity. */
  @Test
  void toANodeThatHasJustStarted() throws Exception {
    Session here = upload(first);
    here.start(fast("which?"));
    Tap tap = here.log().tap(0);
    JsonNode _ = next(tap, "result");
    second.beginDraining();
    await()
        .atMost(PATIENCE)
        .until(() -> first.cluster().orElseThrow().nodes().stream().anyMatch(Node::draining));
    try (Sessions third = node("third")) {
      first.drain();
      mayAnswer.release(1_000);
      assertThat(next(tap, "resumed_on").path("node").asText()).isEqualTo("third");
      assertThat(results(untilOver(third.get(here.id())))).hasSize(6);
    }
  }

  /** Regression: the drain continued, and the node accepted no more sessions. */
  @Test
  void aCancelledDrainMovesNothingMore() throws Exception {
    Session here = upload(first);
    here.start(fast("which?"));
    JsonNode _ = next(here.log().tap(0), "result");
    first.beginDraining();
    first.stopDraining();
    first.handOver();
    assertThat(here.isOwned()).isTrue();
    assertThat(first.cluster().orElseThrow().isDraining()).isFalse();
    mayAnswer.release(1_000);
    assertThat(results(untilOver(here))).hasSize(6);
  }

  @Test
  void aNodeWithoutItsLeaseStopsAndRejoins() throws Exception {
    Session here = upload(first);
    here.start(fast("which?"));
    Tap tap = here.log().tap(0);
    for (int i = 0; i < 3; i++) {
      JsonNode _ = next(tap, "result");
    }
    String before = first.cluster().orElseThrow().id();
    // Simulates a pause of the process that lasts longer than its lease.
    second
        .database()
        .write(
            handle -> {
              handle.execute("DELETE FROM node WHERE id = ?", before);
              handle.execute(
                  "UPDATE session SET owner = NULL, epoch = epoch + 1 WHERE owner = ?", before);
            });
    mayAnswer.release(1_000);
    JsonNode moved = next(tap, "resumed_on");
    assertThat(moved.path("node").asText()).isIn("first", "second");
    List<JsonNode> events = untilOver(here);
    assertThat(results(events))
        .extracting(e -> e.at("/clip/index").asLong())
        .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    await().atMost(PATIENCE).until(() -> first.cluster().orElseThrow().nodes().size() == 2);
    assertThat(first.cluster().orElseThrow().id()).isNotEqualTo(before);
    Session next = upload(first);
    next.start(fast("which?"));
    assertThat(results(untilOver(next))).hasSize(6);
  }

  private Session upload(Sessions node) throws Exception {
    Path upload = node.newUpload();
    Files.move(SmallVideos.moving(folder, 6), upload, StandardCopyOption.REPLACE_EXISTING);
    return node.add(upload, "moving.mp4");
  }

  private Sessions node(String name) {
    return Sessions.open(
        new SessionOptions(folder.resolve(name), true, 4)
            .toBuilder()
                .postgres(Optional.of(url))
                .membership(Optional.of(new Membership(name, "http://" + name, "1")))
                .files(Optional.of(new FileLocation.SharedFolder(folder.resolve("files"))))
                .build(),
        new Backends(List.of(backend)),
        WallClock.system());
  }
}
