package framewise.dev;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Polls for changes. A changed source or resource is compiled and the service restarted; if it does
 * not compile, the errors are printed and the service keeps running. A changed pom rebuilds the jar
 * first. Changes to the console's files need no action: the service reads these files in place.
 */
final class Loop {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /** Rebuilds the jar. */
  interface JarBuild {
    /** Returns false when the build failed and printed why. */
    boolean build() throws IOException, InterruptedException;
  }

  private final Project project;
  private final Compiler compiler;
  private final DevService service;
  private final JarBuild jarBuild;
  private final PrintStream out;
  private @Nullable Snapshot sources;
  private @Nullable Snapshot poms;
  private @Nullable Path running;
  private int generation;

  Loop(Project project, Compiler compiler, DevService service, JarBuild jarBuild, PrintStream out) {
    this.project = project;
    this.compiler = compiler;
    this.service = service;
    this.jarBuild = jarBuild;
    this.out = out;
  }

  /** Runs until the thread is interrupted. */
  void run() throws IOException, InterruptedException {
    delete(project.output());
    while (true) {
      step();
      Thread.sleep(PAUSE);
    }
  }

  /** Checks once and acts on changes; the first time everything is new. */
  void step() throws IOException, InterruptedException {
    Snapshot pomsNow = Snapshot.of(project.poms(), project.console());
    Snapshot sourcesNow = Snapshot.of(watched(), project.console());
    boolean newLibraries = poms != null && !pomsNow.equals(poms);
    boolean newSources = !sourcesNow.equals(sources);
    poms = pomsNow;
    sources = sourcesNow;
    if (newLibraries && !jarBuild.build()) {
      out.println("The service keeps running unchanged.");
      return;
    }
    if (newLibraries || newSources) {
      restart();
    }
  }

  private List<Path> watched() {
    List<Path> watched = new ArrayList<>(project.sourceFolders());
    watched.addAll(project.resourceFolders());
    watched.add(project.settings());
    return watched;
  }

  private void restart() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Path classes = project.output().resolve("classes-" + generation++);
    if (!compiler.compile(classes)) {
      out.println(
          "It does not compile"
              + (service.isAlive() ? "; the service keeps running unchanged." : "."));
      delete(classes);
      return;
    }
    new BuiltResources(project).copyTo(classes);
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    out.println("Compiled in " + millis + " ms, starting the service.");
    service.restart(classes);
    if (running != null) {
      delete(running);
    }
    running = classes;
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
