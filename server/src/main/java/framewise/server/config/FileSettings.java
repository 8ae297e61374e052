package framewise.server.config;

import framewise.engine.files.FileLocation;
import framewise.engine.files.S3Address;
import framewise.engine.files.S3Credentials;
import framewise.overshoot.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Reads where videos, evidence and pictures of incidents are kept. */
final class FileSettings {
  private FileSettings() {}

  /**
   * Reads the settings.
   *
   * @param clustered whether several nodes work on the database
   * @return empty for the data folder
   */
  static Optional<FileLocation> read(SettingReader reader, boolean clustered) {
    Optional<String> text = reader.text(Setting.FRAMEWISE_FILES);
    if (text.filter(S3Address::looksLikeS3).isPresent()) {
      return bucket(reader, text.get());
    }
    Optional<Path> folder = reader.optional(Setting.FRAMEWISE_FILES, Settings::path);
    if (folder.isPresent() && !clustered) {
      reader.fault(
          "FRAMEWISE_FILES is a folder, which needs several nodes: set"
              + " FRAMEWISE_CLUSTER_KEY as well, or remove FRAMEWISE_FILES. On one machine, use"
              + " FRAMEWISE_DATA, or an address such as"
              + " s3://bucket/prefix.");
    }
    if (reader.text(Setting.FRAMEWISE_S3_ACCESS_KEY_ID).isPresent()
        || reader.text(Setting.FRAMEWISE_S3_SECRET_ACCESS_KEY).isPresent()) {
      reader.fault(
          "FRAMEWISE_S3_ACCESS_KEY_ID and FRAMEWISE_S3_SECRET_ACCESS_KEY have no effect"
              + " without an S3-compatible store: set FRAMEWISE_FILES to an address such as"
              + " s3://bucket/prefix, or remove them.");
    }
    return folder.map(FileLocation.SharedFolder::new);
  }

  private static Optional<FileLocation> bucket(SettingReader reader, String text) {
    Optional<S3Credentials> credentials = credentials(reader);
    long copies = reader.value(Setting.FRAMEWISE_FILES_CACHE, ByteSize::parse).bytes();
    try {
      return Optional.of(new FileLocation.Bucket(S3Address.parse(text), credentials, copies));
    } catch (IllegalArgumentException e) {
      reader.fault("FRAMEWISE_FILES %s.".formatted(e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<S3Credentials> credentials(SettingReader reader) {
    Optional<Secret> id = reader.secret(Setting.FRAMEWISE_S3_ACCESS_KEY_ID);
    Optional<Secret> secret = reader.secret(Setting.FRAMEWISE_S3_SECRET_ACCESS_KEY);
    if (id.isPresent() != secret.isPresent()) {
      reader.fault(
          "FRAMEWISE_S3_ACCESS_KEY_ID and FRAMEWISE_S3_SECRET_ACCESS_KEY belong together:"
              + " set both, or neither to use AWS_ACCESS_KEY_ID, a profile or another source of"
              + " the AWS SDK.");
    }
    return id.flatMap(known -> secret.map(key -> new S3Credentials(known.reveal(), key)));
  }
}
