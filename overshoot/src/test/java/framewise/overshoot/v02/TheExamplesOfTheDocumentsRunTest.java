package framewise.overshoot.v02;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TheExamplesOfTheDocumentsRunTest extends StubTest {

  private static final Path ROOT =
      Path.of(System.getProperty("framewise.root", Path.of("..").toString()));

  @TempDir private Path folder;

  @Test
  void theExampleInTheJavadoc() throws Exception {
    List<String> lines =
        Files.readAllLines(
            ROOT.resolve("overshoot/src/main/java/framewise/overshoot/v02/package-info.java"));
    int start = lines.indexOf(" * {@snippet lang=java :");
    // The last brace at this depth closes the snippet; the one before it closes the class.
    int end = lines.lastIndexOf(" * }");
    assertThat(start).isPositive();
    assertThat(end).isGreaterThan(start);
    runs(
        lines.subList(start + 1, end).stream()
            .map(line -> line.length() > 3 ? line.substring(3) : "")
            .collect(Collectors.joining("\n")));
  }

  @Test
  void theExampleInTheManual() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/overshoot-client.md"));
    int start = page.indexOf("```java\n");
    assertThat(start).isPositive();
    int code = start + "```java\n".length();
    runs(page.substring(code, page.indexOf("```", code)));
  }

  private void runs(String program) throws Exception {
    Path source = Files.writeString(folder.resolve("ReadText.java"), program);
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  complaints,
                  files,
                  null,
                  List.of(
                      "-d",
                      folder.toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-proc:none"),
                  null,
                  files.getJavaFileObjects(source))
              .call();
      assertThat(compiled).as(complaints.toString()).isTrue();
    }
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Method watch =
          loader
              .loadClass("ReadText")
              .getDeclaredMethod("watch", ClientSettings.class, String.class);
      watch.setAccessible(true);
      CompletableFuture<Object> done =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return String.valueOf(watch.invoke(null, settings(), "v=0 offer"));
                } catch (ReflectiveOperationException e) {
                  throw new IllegalStateException(e);
                }
              },
              Thread::startVirtualThread);
      SocketPeer peer = stub.socket();
      peer.result("EXIT 42");
      peer.close(1001, "stream ended: webrtc_disconnected");
      done.get();
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("v=0 answer")
        .contains("answer EXIT 42")
        .contains("stream ended: webrtc_disconnected");
    assertThat(stub.request(StubService.CREATE).body()).contains("Read any visible text");
  }
}
