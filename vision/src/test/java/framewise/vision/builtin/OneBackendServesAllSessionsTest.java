package framewise.vision.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.vision.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OneBackendServesAllSessionsTest {
  @Test
  void eightThreadsGetTheirOwnAnswers() throws Exception {
    BuiltinBackend backend = new BuiltinBackend();
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 16; i++) {
        String sign = "LEVEL " + (101 + i % 8);
        answers.add(threads.submit(() -> read(backend, sign)));
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).get()).isEqualTo("LEVEL " + (101 + i % 8));
    }
    assertThat(backend.models.reader().loads()).isEqualTo(2);
    assertThat(backend.models.detector().loads()).isZero();
  }

  @Test
  void warmingUpLoadsEachModelOnce() throws Exception {
    BuiltinBackend backend = new BuiltinBackend();
    assertThat(backend.models.reader().loads()).isZero();
    backend.warmUp();
    backend.warmUp();
    assertThat(read(backend, "EXIT 42")).isEqualTo("EXIT 42");
    assertThat(backend.models.reader().loads()).isEqualTo(2);
    assertThat(backend.models.detector().loads()).isEqualTo(3);
    assertThat(backend.readiness().ready()).isTrue();
  }

  @Test
  void stoppedSessionsGetNoAnswer() throws Exception {
    BuiltinBackend backend = new BuiltinBackend();
    try (Clip clip = clip("EXIT 42")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> backend.ask(clip, Question.of("Read the text")))
          .isInstanceOf(InterruptedException.class);
    }
  }

  private static String read(BuiltinBackend backend, String sign) throws Exception {
    try (Clip clip = clip(sign)) {
      return backend.ask(clip, Question.of("Read any visible text")).text();
    }
  }

  private static Clip clip(String sign) {
    Frame frame = Sign.of(sign).frame();
    return new Clip(0, MediaTime.ZERO, MediaTime.ofSeconds(0.1), List.of(frame));
  }
}
