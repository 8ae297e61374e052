package framewise.engine.files;

import java.nio.file.Path;
import java.util.Optional;

/** Location of videos, evidence and pictures of incidents outside the data folder. */
public sealed interface FileLocation {
  /** A folder that several nodes share. */
  record SharedFolder(Path path) implements FileLocation {}

  /**
   * An S3-compatible store.
   *
   * @param credentials empty to use the AWS SDK's default credentials
   * @param copies maximum size of the local copies of videos, in bytes
   */
  record Bucket(S3Address address, Optional<S3Credentials> credentials, long copies)
      implements FileLocation {}
}
