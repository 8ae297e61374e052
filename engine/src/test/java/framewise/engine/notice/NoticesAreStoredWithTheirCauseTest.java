package framewise.engine.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.SessionId;
import framewise.engine.store.Database;
import framewise.engine.store.OldDatabases;
import framewise.engine.store.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoticesAreStoredWithTheirCauseTest {
  private static final Instant AT = Instant.parse("2026-11-29T12:00:00.123Z");
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  private Database open() {
    return TestDatabase.open(folder);
  }

  private static NewNotice notice(String subject) {
    return new NewNotice(
        "incident.opened", AT, Optional.empty(), subject, "{\"a\":1}", Optional.empty());
  }

  @Test
  void aStoredNoticeIsReadBackUnchanged() {
    try (Database database = open()) {
      var notices = new Notices(database);
      var notice =
          new NewNotice(
              "incident.opened",
              AT,
              Optional.of(SessionId.random()),
              "inc-1",
              "{\"text\":\"ünïcode\"}",
              Optional.of(List.of("one", "two")));
      long number = notices.add(notice);
      assertThat(notices.after(0, 10))
          .singleElement()
          .satisfies(
              stored -> {
                assertThat(stored.number()).isEqualTo(number);
                assertThat(stored.content()).isEqualTo(notice);
              });
      assertThat(notices.find(number)).isPresent();
    }
  }

  @Test
  void aRolledBackTransactionLeavesNoNotice() throws InterruptedException {
    try (Database database = open()) {
      var notices = new Notices(database);
      assertThatThrownBy(
              () ->
                  database.write(
                      handle -> {
                        notices.add(handle, notice("a"));
                        throw new IllegalStateException("the cause could not be stored");
                      }))
          .hasMessageContaining("the cause");
      assertThat(notices.after(0, 10)).isEmpty();
      assertThat(notices.last()).isZero();
      long next = notices.add(notice("b"));
      assertThat(notices.awaitAfter(0, LONG)).isTrue();
      assertThat(notices.last()).isEqualTo(next);
    }
  }

  @Test
  void waitersWakeAfterTheCommit() throws Exception {
    try (Database database = open()) {
      var notices = new Notices(database);
      var seen =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return notices.awaitAfter(0, LONG) ? notices.after(0, 10) : List.<Notice>of();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      notices.add(notice("a"));
      assertThat(seen.get()).hasSize(1);
    }
  }

  @Test
  void numbersAreNeverReused() {
    try (Database database = open()) {
      var notices = new Notices(database);
      notices.add(notice("a"));
      notices.add(notice("b"));
      assertThat(notices.removeBefore(AT.plusSeconds(1), 1)).isZero();
      assertThat(notices.removeBefore(AT.plusSeconds(1), 9)).isEqualTo(1);
    }
    try (Database database = open()) {
      var notices = new Notices(database);
      assertThat(notices.last()).isEqualTo(2);
      assertThat(notices.add(notice("c"))).isEqualTo(3);
      assertThat(notices.after(0, 10)).extracting(Notice::number).containsExactly(2L, 3L);
    }
  }

  @Test
  void anOldDatabaseIsMigratedInOneStep() {
    TestDatabase.onlySqlite();
    OldDatabases.ofVersion4(folder.resolve("test.db"));
    try (Database database = open()) {
      var notices = new Notices(database);
      assertThat(notices.add(notice("a"))).isEqualTo(1);
    }
  }

  @Test
  void invalidNoticesAreRefused() {
    assertThatThrownBy(() -> with("opened", "a", "{}")).hasMessageContaining("type");
    assertThatThrownBy(() -> with("incident.opened", "a b", "{}")).hasMessageContaining("subject");
    assertThatThrownBy(() -> with("incident.opened", "a", "[1]")).hasMessageContaining("object");
    assertThatThrownBy(() -> with("incident.opened", "a", "{")).hasMessageContaining("object");
    String large = "{\"a\":\"%s\"}".formatted("x".repeat(NewNotice.MAX_BYTES));
    assertThatThrownBy(() -> with("incident.opened", "a", large)).hasMessageContaining("16000");
  }

  private static NewNotice with(String type, String subject, String data) {
    return new NewNotice(type, AT, Optional.empty(), subject, data, Optional.empty());
  }
}
