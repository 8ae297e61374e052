package framewise.engine.files;

import java.nio.file.Path;
import java.util.Optional;

/** Where videos, evidence and pictures of incidents are kept in place of the data folder. */
public sealed interface FileLocation {
  /** A folder that several nodes share. */
  record SharedFolder(Path path) implements FileLocation {}

  /**
   * An S3-compatible store.
   *
   * @param credentials empty for those that the AWS SDK finds by itself
   * @param copies maximum bytes of the copies of videos on this machine
   */
  record Bucket(S3Address address, Optional<S3Credentials> credentials, long copies)
      implements FileLocation {}
}
