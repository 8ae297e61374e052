package framewise.server.http.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While a developer edits the console, its files are served from the source folder, and the
 * libraries from the jar.
 */
class ConsoleFolderIsCompletedByTheJarTest {
  @TempDir Path folder;

  @Test
  void filesOfTheFolderAreServedFresh() throws IOException {
    Site site = Site.ofFolder(folder).or(Site.ofClassPath("console"));
    Files.writeString(folder.resolve("index.html"), "one");
    assertThat(site.find("").orElseThrow().bytes()).asString(UTF_8).isEqualTo("one");
    Files.writeString(folder.resolve("index.html"), "two");
    assertThat(site.find("").orElseThrow().bytes()).asString(UTF_8).isEqualTo("two");
  }

  @Test
  void librariesComeFromTheClassPath() throws IOException {
    Site site = Site.ofFolder(folder).or(Site.ofClassPath("console"));
    assertThat(site.find("lib/lit/index.js")).isPresent();
    assertThat(site.find("lib/lit/no-such-file.js")).isEmpty();
  }
}
