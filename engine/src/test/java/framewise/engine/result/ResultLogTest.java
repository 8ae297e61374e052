package framewise.engine.result;

import static framewise.engine.result.Logs.answered;
import static framewise.engine.result.Logs.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.engine.SessionId;
import framewise.engine.Status;
import framewise.media.MediaTime;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultLogTest {
  @TempDir Path folder;
  private Logs logs;

  @BeforeEach
  void open() {
    logs = new Logs(folder);
  }

  @AfterEach
  void close() {
    logs.close();
  }

  @Test
  void numbersHaveNoGapsUnderConcurrency() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 200; i++) {
        long clip = i;
        writers.execute(() -> log.append(answered(clip)));
      }
    }
    assertThat(log.after(0, 1_000))
        .extracting(LoggedEvent::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 200).boxed().toList());
    assertThat(log.counts()).isEqualTo(new ResultCounts(200, 0));
  }

  @Test
  void keepsNumbersRunsAndCountsAcrossReopening() {
    ResultLog before = logs.open();
    before.startRun();
    before.append(answered(0));
    before.append(
        result(1, new Event.Outcome.Failed("timeout", "No answer within 60 s.", Optional.empty())));

    ResultLog after = logs.open();
    assertThat(after.lastSeq()).isEqualTo(2);
    assertThat(after.run()).isEqualTo(1);
    assertThat(after.counts()).isEqualTo(new ResultCounts(2, 1));
    assertThat(after.lastClips()).isEqualTo(Map.of("", new MediaTime(1_000_000)));
    after.startRun();
    after.append(answered(0));
    assertThat(after.after(2, 10))
        .extracting(LoggedEvent::seq, LoggedEvent::run)
        .containsExactly(tuple(3L, 2));
  }

  @Test
  void separatesSessions() {
    SessionId other = logs.another();
    ResultLog mine = logs.open();
    ResultLog theirs = logs.open(other);
    mine.append(answered(0));
    theirs.append(answered(0));
    assertThat(mine.after(0, 10)).hasSize(1);
    assertThat(theirs.after(0, 10)).hasSize(1);
  }

  @Test
  void replaysTheNewestRunAndAtMostItsLastThousandEvents() {
    ResultLog log = logs.open();
    log.startRun();
    log.append(new Event.StatusChanged(Status.STREAMING, Optional.empty()));
    log.append(new Event.Ended(Status.STOPPED, "Stopped on request."));
    log.startRun();
    log.append(new Event.StatusChanged(Status.STREAMING, Optional.empty()));
    assertThat(log.startOfNewestRun()).isEqualTo(2);
    for (int i = 0; i < ResultLog.REPLAY_LIMIT + 9; i++) {
      log.append(answered(i));
    }
    assertThat(log.startOfNewestRun()).isEqualTo(log.lastSeq() - ResultLog.REPLAY_LIMIT);
  }

  @Test
  void eventsFollowTheContract() throws Exception {
    ResultLog log = logs.open();
    log.startRun();
    log.append(answered(3));
    log.append(
        result(4, new Event.Outcome.Failed("timeout", "No answer within 60 s.", Optional.empty())));
    List<LoggedEvent> events = log.after(0, 10);

    JsonNode good = new ObjectMapper().readTree(events.getFirst().json());
    assertThat(good.get("type").asText()).isEqualTo("result");
    assertThat(good.get("seq").asLong()).isEqualTo(1);
    assertThat(good.get("session_id").asText()).isEqualTo(logs.session.toString());
    assertThat(good.get("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(good.get("result").asText()).isEqualTo("EXIT 3");
    assertThat(good.get("ok").asBoolean()).isTrue();
    assertThat(good.get("error").isNull()).isTrue();
    assertThat(good.get("mode").asText()).isEqualTo("clip");
    assertThat(good.at("/clip/start_seconds").asDouble()).isEqualTo(3.0);
    assertThat(good.at("/clip/end_seconds").asDouble()).isEqualTo(3.1);
    assertThat(good.at("/clip/frames").asInt()).isEqualTo(1);
    assertThat(good.get("inference_latency_ms").asDouble()).isEqualTo(120.0);
    assertThat(good.get("total_latency_ms").asDouble()).isEqualTo(150.0);
    assertThat(good.at("/timings/ocr").asDouble()).isEqualTo(100.0);

    JsonNode failed = new ObjectMapper().readTree(events.getLast().json());
    assertThat(failed.get("ok").asBoolean()).isFalse();
    assertThat(failed.get("result").asText()).isEmpty();
    assertThat(failed.at("/error/code").asText()).isEqualTo("timeout");
    assertThat(failed.get("finish_reason").isNull()).isTrue();
  }

  @Test
  void acceptsNothingAfterClose() {
    ResultLog log = logs.open();
    log.append(answered(0));
    log.close();
    log.append(answered(1));
    assertThat(logs.open().lastSeq()).isEqualTo(1);
  }
}
