package framewise.vision.builtin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seen: SIGSEGV in ONNX Runtime when the process ended during an inference. */
class ProcessEndsAfterTheLastInferenceTest {
  @RepeatedTest(6)
  void exitingDuringAnInferenceEndsWithZero(@TempDir Path folder) throws Exception {
    Path output = folder.resolve("output.txt");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                ExitUnderLoad.class.getName(),
                "4",
                sha256())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(program.waitFor(2, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
      assertThat(program.exitValue()).as(Files.readString(output)).isZero();
      assertThat(output).content().contains("computing");
    } finally {
      program.destroyForcibly();
    }
  }

  @Test
  void closingWaitsForRunningInferencesAndStartsNone() throws Exception {
    var gate = new InferenceGate();
    gate.enter();
    assertThat(gate.close(Duration.ofMillis(1))).isFalse();
    var refused = new AtomicReference<Exception>();
    Thread late =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    gate.enter();
                  } catch (ModelException e) {
                    refused.set(e);
                  }
                });
    Thread leaving = Thread.ofVirtual().unstarted(gate::leave);
    leaving.start();
    assertThat(gate.close(Duration.ofSeconds(30))).isTrue();
    leaving.join();
    late.interrupt();
    late.join();
    assertThat(refused.get()).hasMessage("The process is ending.");
  }

  @Test
  void interruptsDuringTheWaitAreKept() throws Exception {
    var gate = new InferenceGate();
    assertThat(gate.close(Duration.ZERO)).isTrue();
    Thread.currentThread().interrupt();
    assertThatThrownBy(gate::enter).isInstanceOf(ModelException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  private static String sha256() throws Exception {
    try (var in = NeuralNetwork.class.getResourceAsStream("/models/nanodet-coco80-416.onnx")) {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(in.readAllBytes()));
    }
  }
}
