package framewise.server.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of Framewise this is. */
public final class Version {
  private static final String FILE = "version.properties";

  private Version() {}

  /** As the build wrote it down. */
  public static String current() {
    try (InputStream in = Version.class.getResourceAsStream(FILE)) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
