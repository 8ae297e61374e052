package framewise.e2e.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import framewise.e2e.LaunchedService;
import framewise.testing.TestMachine;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the shell examples of the README and of the API's page in order, in a folder with a {@code
 * video.mp4} and the launcher, against a service that the launcher started. Replaces only the port
 * and the session's id.
 */
class ReadmeExamplesWorkTest {
  private static final Path ROOT = Path.of(System.getProperty("framewise.root"));
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private LaunchedService service;
  private String sessionId = "";

  @BeforeEach
  void startService() throws Exception {
    Files.createSymbolicLink(folder.resolve("framewise"), ROOT.resolve("framewise"));
    drawVideo(folder.resolve("video.mp4"));
    service = LaunchedService.start(ROOT, folder);
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  @TestFactory
  List<DynamicTest> examples() throws IOException {
    List<Readme.Example> examples = new ArrayList<>();
    for (String page : List.of("README.md", "docs/api.md")) {
      examples.addAll(Readme.examples(ROOT.resolve(page)));
    }
    assertThat(examples).hasSizeGreaterThan(8);
    List<DynamicTest> tests = new ArrayList<>();
    for (Readme.Example example : examples) {
      tests.add(DynamicTest.dynamicTest(example.toString(), () -> run(example)));
    }
    return tests;
  }

  private void run(Readme.Example example) throws Exception {
    String script =
        example
            .script()
            .replace("localhost:8000", "localhost:" + service.port())
            .replace("{session_id}", sessionId);
    if (script.contains("/stop-stream/")) {
      awaitFirstResult();
    }
    String printed = shell(script);
    assertThat(printed).isNotBlank();
    if (example.answer().isEmpty()) {
      assertThat(printed).as("an error").doesNotContain("about:blank");
    } else {
      JsonNode answer = JSON.readTree(printed);
      DocumentedShape.assertHas(JSON.readTree(example.answer().get()), answer);
      if (answer.path("status").asText().equals("uploaded")) {
        sessionId = answer.path("session_id").asText();
      }
    }
  }

  /** On a busy machine, the first answer may take longer than the examples. */
  private void awaitFirstResult() {
    String results =
        "curl -s localhost:%d/sessions/%s/results.jsonl".formatted(service.port(), sessionId);
    await().atMost(Duration.ofMinutes(1)).until(() -> !shell(results).isBlank());
  }

  /** Runs a script and returns its output; it must succeed within two minutes. */
  private String shell(String script) throws Exception {
    File out = folder.resolve("printed").toFile();
    File err = folder.resolve("said").toFile();
    Process process =
        new ProcessBuilder("sh", "-eu", "-c", script)
            .directory(folder.toFile())
            .redirectOutput(out)
            .redirectError(err)
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = Files.readString(err.toPath());
    assertThat(ended).as("%s ends. It said: %s", script, said).isTrue();
    assertThat(process.exitValue()).as("%s said: %s", script, said).isZero();
    return Files.readString(out.toPath());
  }

  private static void drawVideo(Path file) throws Exception {
    TestMachine.needs("curl");
    TestMachine.needs("ffmpeg");
    Process ffmpeg =
        new ProcessBuilder(
                List.of(
                    ("ffmpeg -v error -f lavfi -i color=c=white:s=640x360:r=10:d=12 -vf drawtext=text=EXIT42:fontsize=72:x=120:y=140"
                            + " -c:v libx264 -g 10 -pix_fmt yuv420p "
                            + file)
                        .split(" ")))
            .inheritIO()
            .start();
    assertThat(ffmpeg.waitFor()).as("ffmpeg draws the video").isZero();
  }
}
