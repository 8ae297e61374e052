package framewise.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real service is started and ended: its folder is gone, and no thread holds the process. */
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
