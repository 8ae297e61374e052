package framewise.dev;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service under development: a separate process, replaced after each change. */
final class DevService implements AutoCloseable {
  private static final Duration TIME_TO_STOP = Duration.ofMillis(700);

  private final Project project;
  private final List<String> jvmOptions;
  private final List<String> arguments;
  private @Nullable Process process;

  DevService(Project project, List<String> jvmOptions, List<String> arguments) {
    this.project = project;
    this.jvmOptions = List.copyOf(jvmOptions);
    this.arguments = List.copyOf(arguments);
  }

  /** Stops the running process, if any, and starts one with the classes in {@code classes}. */
  synchronized void restart(Path classes) throws IOException, InterruptedException {
    stop();
    List<String> path = new ArrayList<>();
    path.add(classes.toString());
    project.resourceFolders().forEach(folder -> path.add(folder.toString()));
    path.add(project.jar().toString());

    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, path));
    command.add(project.mainClass());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putIfAbsent("FRAMEWISE_CONSOLE_DIR", project.console().toString());
    process = builder.start();
  }

  /** Whether the process is running. */
  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  @Override
  public synchronized void close() {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() throws InterruptedException {
    if (process == null) {
      return;
    }
    process.destroy();
    // Results are stored before subscribers receive them, so a slow shutdown may be cut short.
    if (!process.waitFor(TIME_TO_STOP)) {
      process.destroyForcibly().waitFor();
    }
  }
}
