package framewise.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Building the startup cache starts and stops the real service: its folder is deleted, and no
 * thread keeps the process alive.
 */
class RehearsalLeavesNothingBehindTest {
  @TempDir Path folder;

  @Test
  void nothingIsLeft() throws Exception {
    assertThat(new RehearseCommand(folder).call()).isZero();
    assertThat(folder).isEmptyDirectory();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !thread.isDaemon())
        .extracting(Thread::getName)
        .noneMatch(name -> name.contains("Jetty"));
  }
}
