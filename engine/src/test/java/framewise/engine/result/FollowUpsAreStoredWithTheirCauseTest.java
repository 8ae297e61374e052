package framewise.engine.result;

import static framewise.engine.result.Logs.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import framewise.engine.Status;
import framewise.testing.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@link Follower}. */
class FollowUpsAreStoredWithTheirCauseTest {
  @TempDir Path folder;
  private Logs logs;
  private final List<String> events = new ArrayList<>();
  private boolean failing;

  @BeforeEach
  void open() {
    logs = new Logs(folder);
  }

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void rightAfterAnAnswerAndBeforeTheEnd() {
    ResultLog log = log();
    log.startRun();
    assertThat(log.append(answered(0))).as("the number of the answer itself").isEqualTo(1);
    assertThat(log.append(answered(1))).isEqualTo(3);
    log.conclude(List.of(new Event.Ended(Status.FINISHED, "The video ended.")), handle -> {});
    assertThat(log.after(0, 10))
        .extracting(LoggedEvent::type)
        .containsExactly(
            "result", "incident.updated", "result", "incident.updated", "incident.updated", "end");
    assertThat(events).containsExactly("2 stored", "4 stored", "5 stored");
  }

  @Test
  void orNothingIsStoredAtAll() {
    ResultLog log = log();
    log.startRun();
    failing = true;
    assertThatThrownBy(() -> log.append(answered(0))).hasMessageContaining("missing_table");
    assertThat(log.after(0, 10)).isEmpty();
    assertThat(log.lastSeq()).isZero();
    assertThat(events).containsExactly("lost");
    failing = false;
    assertThat(log.append(answered(0))).isEqualTo(1);
    assertThat(log.after(0, 10)).hasSize(2);
  }

  private ResultLog log() {
    return new ResultLog(
        logs.another(),
        logs.database(),
        new ManualClock(),
        (seq, run, at, event) -> {
          var number = new long[1];
          var changed =
              new Event.IncidentChanged("incident.updated", JsonNodeFactory.instance.objectNode());
          return new FollowUp(
              List.of(
                  new FollowUp.Addition(
                      changed,
                      (handle, own) -> {
                        number[0] = own;
                        if (failing) {
                          handle.execute("DELETE FROM missing_table");
                        }
                      })),
              handle -> {},
              () -> events.add(number[0] + " stored"),
              () -> events.add("lost"));
        });
  }
}
