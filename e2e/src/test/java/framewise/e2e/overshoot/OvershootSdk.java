package framewise.e2e.overshoot;

import framewise.e2e.NpmPackages;
import java.io.IOException;
import java.nio.file.Path;

/** The npm package {@code @overshoot/sdk}, as its vendor published it under the MIT licence. */
final class OvershootSdk {
  private OvershootSdk() {}

  /** Folder of its modules; browsers import {@code index.mjs}. */
  static Path modules() throws IOException {
    return NpmPackages.folder().resolve("node_modules/@overshoot/sdk/dist");
  }
}
