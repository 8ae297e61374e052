package framewise.media;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;

/** Small videos drawn for these tests, each of which reproduces a real failure. */
public final class CaseFile {
  private CaseFile() {}

  public static Path of(String name) {
    try {
      return Path.of(Objects.requireNonNull(CaseFile.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
