package framewise.server.service;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Versions that the build recorded.
 *
 * @param version of Framewise
 * @param swaggerUi version of the library behind {@code /docs}
 */
public record Build(String version, String swaggerUi) {
  private static final String FILE = "build.properties";

  public static Build current() {
    try (InputStream in = Build.class.getResourceAsStream(FILE)) {
      var properties = new Properties();
      properties.load(in);
      return new Build(properties.getProperty("version"), properties.getProperty("swagger-ui"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
