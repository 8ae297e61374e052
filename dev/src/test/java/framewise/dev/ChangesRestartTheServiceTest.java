package framewise.dev;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small project, the real compiler, and a real process that records which version of it runs. */
class ChangesRestartTheServiceTest {
  private static final String SERVER_POM =
      "<project><artifactId>framewise-console</artifactId></project>";

  @TempDir Path root;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final AtomicInteger jarBuilds = new AtomicInteger();
  private boolean jarBuildWorks = true;
  private DevService service;
  private Loop loop;

  @BeforeEach
  void makeProject() throws IOException {
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Files.createDirectories(root.resolve("console/src/main/resources/console"));
    Files.writeString(root.resolve("console/pom.xml"), "<project/>");
    Files.createDirectories(root.resolve("server/src/main/resources"));
    Files.writeString(root.resolve("server/pom.xml"), SERVER_POM);
    Path jar = root.resolve("libraries.jar");
    new JarOutputStream(Files.newOutputStream(jar)).close();
    writeSource("first");

    Project project = new Project(root, jar, "framewise.server.Main");
    PrintStream out = new PrintStream(printed, true, UTF_8);
    service = new DevService(project, List.of("-Xshare:auto"), List.of(root.toString()));
    loop =
        new Loop(
            project,
            new Compiler(project, out),
            service,
            () -> {
              jarBuilds.incrementAndGet();
              return jarBuildWorks;
            },
            out);
  }

  @AfterEach
  void endService() {
    service.close();
    assertThat(service.isAlive()).isFalse();
  }

  @Test
  void aChangedSourceIsCompiledAndRun() throws Exception {
    loop.step();
    awaitStarts("first");

    writeSource("second");
    loop.step();
    awaitStarts("first", "second");
  }

  @Test
  void theServiceKeepsRunningWithoutAChange() throws Exception {
    loop.step();
    awaitStarts("first");

    Files.writeString(
        root.resolve("console/src/main/resources/console/app.js"), "// served as it is");
    loop.step();
    loop.step();
    assertThat(service.isAlive()).isTrue();
    assertThat(printed.toString(UTF_8).lines()).hasSize(1);
  }

  @Test
  void aCompilerErrorIsPrintedAndTheOldServiceKeepsRunning() throws Exception {
    loop.step();
    awaitStarts("first");

    Files.writeString(source(), "package framewise.server; class Main { int x = \"no number\"; }");
    loop.step();
    assertThat(service.isAlive()).isTrue();
    assertThat(printed.toString(UTF_8))
        .contains("Main.java:1: incompatible types")
        .contains("the service keeps running unchanged");

    writeSource("mended");
    loop.step();
    awaitStarts("first", "mended");
  }

  @Test
  void aDeletedClassIsGoneEvenIfTheJarStillHasIt() throws Exception {
    Path other = source().resolveSibling("Other.java");
    Files.writeString(other, "package framewise.server; class Other {}");
    loop.step();
    awaitStarts("first");

    Files.delete(other);
    byte[] compiled =
        Files.readAllBytes(
            root.resolve("server/target/dev/classes-0/framewise/server/Other.class"));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(root.resolve("libraries.jar")))) {
      jar.putNextEntry(new JarEntry("framewise/server/Other.class"));
      jar.write(compiled);
    }
    Files.writeString(source(), "package framewise.server; class Main { Other other; }");
    loop.step();
    assertThat(printed.toString(UTF_8)).contains("cannot find symbol");
  }

  @Test
  void aChangedPomRebuildsTheJarAndRestartsTheService() throws Exception {
    loop.step();
    awaitStarts("first");

    Files.writeString(root.resolve("server/pom.xml"), "<project><!-- more --></project>");
    loop.step();
    assertThat(jarBuilds).hasValue(1);
    awaitStarts("first", "first");

    jarBuildWorks = false;
    Files.writeString(root.resolve("server/pom.xml"), "<project><!-- broken -->");
    loop.step();
    assertThat(jarBuilds).hasValue(2);
    assertThat(service.isAlive()).isTrue();
  }

  @Test
  void onlyModulesOfTheServerAreCompiled() throws Exception {
    Files.writeString(
        root.resolve("server/pom.xml"),
        "<project><artifactId>framewise-server</artifactId><artifactId>framewise-engine</artifactId></project>");
    for (String module : List.of("engine", "other")) {
      Path sources = root.resolve(module + "/src/main/java/framewise/" + module);
      Files.createDirectories(sources);
      Files.writeString(root.resolve(module + "/pom.xml"), "<project/>");
      Files.writeString(
          sources.resolve("Broken.java"),
          "package framewise." + module + "; class Broken { X x; }");
    }
    loop.step();
    assertThat(printed.toString(UTF_8))
        .contains("engine/src/main/java/framewise/engine/Broken.java:1:")
        .doesNotContain("other");
    assertThat(service.isAlive()).isFalse();
  }

  @Test
  void theVersionIsThatOfTheJar() throws Exception {
    Path template = root.resolve("server/src/main/resources/version.properties");
    Files.writeString(template, "version=${project.version}");
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(root.resolve("libraries.jar")))) {
      jar.putNextEntry(new JarEntry("version.properties"));
      jar.write("version=1.2.3".getBytes(UTF_8));
    }
    loop.step();
    assertThat(root.resolve("server/target/dev/classes-0/version.properties"))
        .hasContent("version=1.2.3");
  }

  @Test
  void changedSettingsRestartTheService() throws Exception {
    loop.step();
    awaitStarts("first");

    Files.writeString(root.resolve(".env"), "BACKEND_PORT=8001");
    loop.step();
    awaitStarts("first", "first");
  }

  private Path source() {
    return root.resolve("server/src/main/java/framewise/server/Main.java");
  }

  private void writeSource(String version) throws IOException {
    Files.createDirectories(source().getParent());
    Files.writeString(
        source(),
        """
        package framewise.server;

        import java.nio.file.*;

        class Main {
          public static void main(String[] args) throws Exception {
            Files.writeString(Path.of(args[0], "starts"), "%s\\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Thread.currentThread().join();
          }
        }
        """
            .formatted(version));
  }

  private void awaitStarts(String... versions) {
    Path starts = root.resolve("starts");
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(NoSuchFileException.class)
        .untilAsserted(() -> assertThat(Files.readAllLines(starts)).containsExactly(versions));
  }
}
