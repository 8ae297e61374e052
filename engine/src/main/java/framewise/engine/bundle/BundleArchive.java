package framewise.engine.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The archive of a bundle: only entries with known names are allowed, and size limits are enforced
 * while reading. Used by one thread.
 */
final class BundleArchive implements AutoCloseable {
  private static final int MAX_JSON_LENGTH = 8 << 20;
  private static final int MAX_PICTURE_BYTES = 16 << 20;
  private static final long MAX_TOKENS = 200_000;
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxTokenCount(MAX_TOKENS).build())
                  .build())
          .build();

  private final ZipFile zip;
  private final long mostBytes;
  private final BooleanSupplier abandoned;
  private long bytes;

  private BundleArchive(ZipFile zip, long mostBytes, BooleanSupplier abandoned) {
    this.zip = zip;
    this.mostBytes = mostBytes;
    this.abandoned = abandoned;
  }

  /**
   * Opens an archive and checks its entries.
   *
   * @param mostBytes maximum size of all entries together, uncompressed
   * @param abandoned see {@link Bundle#open(Path, long, BooleanSupplier)}
   * @throws RefusedException when it is not an archive, or has entries with unknown names
   */
  static BundleArchive open(Path file, long mostBytes, BooleanSupplier abandoned)
      throws IOException {
    var archive = new BundleArchive(zip(file), mostBytes, abandoned);
    boolean opened = false;
    try {
      archive.requireBytes(archive.size());
      archive.requireKnownEntries();
      opened = true;
      return archive;
    } finally {
      if (!opened) {
        archive.close();
      }
    }
  }

  /** Total uncompressed size of all entries, as the archive declares it. */
  long size() {
    return zip.stream().mapToLong(entry -> Math.max(0, entry.getSize())).sum();
  }

  /** The entry of this name. */
  Optional<ZipEntry> find(String name) {
    return Optional.ofNullable(zip.getEntry(name));
  }

  /** The entry of this name; refuses a bundle without it. */
  ZipEntry required(String name) {
    return find(name).orElseThrow(() -> Bundle.bad("it lacks %s".formatted(name)));
  }

  /** The entries whose whole names match. */
  List<ZipEntry> matching(Pattern name) {
    return zip.stream()
        .filter(entry -> name.matcher(entry.getName()).matches())
        .<ZipEntry>map(entry -> entry)
        .toList();
  }

  /**
   * Content of an entry. Reads no more than {@code most} bytes, whatever size the archive declares.
   */
  InputStream open(ZipEntry entry, long most) throws IOException {
    return new BoundedEntry(zip.getInputStream(entry), most, this::count);
  }

  /** An entry that is one JSON value. */
  JsonNode json(ZipEntry entry) throws IOException {
    try (InputStream in = open(entry, MAX_JSON_LENGTH)) {
      return JSON.readTree(in.readAllBytes());
    } catch (StreamConstraintsException e) {
      throw Bundle.bad(
          "its %s has too many or too long values, and at most %,d are allowed"
              .formatted(entry.getName(), MAX_TOKENS));
    } catch (JsonProcessingException e) {
      throw Bundle.bad("its %s is not JSON".formatted(entry.getName()));
    } catch (ZipException damaged) {
      throw Bundle.bad("its %s is damaged".formatted(entry.getName()));
    }
  }

  /** An entry that is a JPEG of this size. */
  byte[] jpeg(ZipEntry entry, int width, int height) throws IOException {
    byte[] bytes;
    try (InputStream in = open(entry, MAX_PICTURE_BYTES)) {
      bytes = in.readAllBytes();
    } catch (ZipException damaged) {
      throw Bundle.bad("it has a damaged picture");
    }
    if (!JpegHeader.has(bytes, width, height)) {
      throw Bundle.bad(
          "it has a picture that is not a JPEG of %d x %d pixels".formatted(width, height));
    }
    if (!JpegHeader.canHave(bytes.length, width, height)) {
      throw Bundle.bad(
          "it has a picture of %d x %d pixels that is too large".formatted(width, height));
    }
    return bytes;
  }

  /** Prepares for another complete pass: the limit on the total size applies to each pass. */
  void readAgain() {
    bytes = 0;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private void requireKnownEntries() {
    if (zip.size() > Bundle.MAX_ENTRIES) {
      throw Bundle.bad(
          "it has %d entries, and at most %d are allowed"
              .formatted(zip.size(), Bundle.MAX_ENTRIES));
    }
    Set<String> names = new HashSet<>();
    zip.stream()
        .forEach(
            entry -> {
              if (!BundleEntries.isKnown(entry.getName())) {
                throw Bundle.bad("it has an entry that is not part of bundles");
              }
              if (!names.add(entry.getName())) {
                throw Bundle.bad("it has a duplicate entry");
              }
            });
  }

  private void count(int more) throws IOException {
    if (abandoned.getAsBoolean()) {
      throw new EOFException("the client no longer waits for this bundle");
    }
    bytes += more;
    requireBytes(bytes);
  }

  private void requireBytes(long size) {
    if (size > mostBytes) {
      throw Refusal.of(
              Code.TOO_LARGE,
              "The bundle's content is larger than %d MB, which is the limit."
                  .formatted(mostBytes >> 20))
          .asException();
    }
  }

  private static ZipFile zip(Path file) throws IOException {
    try {
      return new ZipFile(file.toFile());
    } catch (ZipException noZip) {
      throw Bundle.bad("it is not a ZIP file, or it is damaged");
    }
  }
}
