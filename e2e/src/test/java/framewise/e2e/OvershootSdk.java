package framewise.e2e;

import java.io.IOException;
import java.nio.file.Path;

/** The npm package {@code @overshoot/sdk}, as its vendor published it under the MIT licence. */
final class OvershootSdk {
  private OvershootSdk() {}

  /** The folder of its modules; {@code index.mjs} is what browsers import. */
  static Path modules() throws IOException {
    return NpmPackages.folder().resolve("node_modules/@overshoot/sdk/dist");
  }
}
