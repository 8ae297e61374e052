package framewise.engine.backup;

import framewise.engine.store.OwnerOnlyFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Unpacks entries of a backup into a folder, and checks their content while reading. */
final class BackupUnpacking {
  private static final int BUFFER = 1 << 16;

  private final ZipFile zip;
  private final BackupManifest manifest;
  private final Path folder;

  /**
   * The content of an entry is not the expected one. The message is phrased to follow "because".
   */
  static final class WrongContentException extends IOException {
    WrongContentException(String how) {
      super(how);
    }
  }

  BackupUnpacking(ZipFile zip, BackupManifest manifest, Path folder) {
    this.zip = zip;
    this.manifest = manifest;
    this.folder = folder;
  }

  /**
   * Unpacks an entry with a known name.
   *
   * @throws WrongContentException when its size, checksum or digest is not what the archive and the
   *     manifest say
   */
  void unpack(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    Path file = folder.resolve(name);
    Path parent = file.getParent();
    if (parent != null) {
      OwnerOnlyFiles.makeFolder(parent);
    }
    OwnerOnlyFiles.createFile(file);
    MessageDigest digest = BackupEntry.digest();
    var checksum = new CRC32();
    long bytes = 0;
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
        if (bytes > entry.getSize()) {
          throw new WrongContentException("%s is longer than the archive states".formatted(name));
        }
        digest.update(buffer, 0, read);
        checksum.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    }
    if (bytes != entry.getSize() || checksum.getValue() != entry.getCrc()) {
      throw new WrongContentException("%s is damaged".formatted(name));
    }
    requireListed(name, bytes, HexFormat.of().formatHex(digest.digest()));
    if (entry.getLastModifiedTime() != null) {
      Files.setLastModifiedTime(file, entry.getLastModifiedTime());
    }
  }

  private void requireListed(String name, long bytes, String sha256) throws IOException {
    BackupManifest.Content listed = manifest.entries().get(name);
    if (listed != null && (listed.bytes() != bytes || !listed.sha256().equals(sha256))) {
      throw new WrongContentException(
          "%s is not the file that its manifest lists (its size or SHA-256 differs)"
              .formatted(name));
    }
  }
}
