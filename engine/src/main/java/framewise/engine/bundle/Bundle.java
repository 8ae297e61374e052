package framewise.engine.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.engine.Refusal;
import framewise.engine.Refusal.Code;
import framewise.engine.RefusedException;
import framewise.engine.keep.FrameFile;
import framewise.engine.keep.KeptFrame;
import framewise.engine.lookback.Lookback;
import framewise.engine.result.Event;
import framewise.engine.result.EventImport.ImportedEvent;
import framewise.media.MediaTime;
import framewise.media.picture.EncodedPicture;
import framewise.vision.SentRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * A bundle that was opened. Everything in it comes from outside: each entry has a known name, a
 * limit that holds while it is read, and a check of its content. Used by one thread.
 */
public final class Bundle implements AutoCloseable {
  /** Maximum number of entries. */
  public static final int MAX_ENTRIES = 250_000;

  /** Maximum number of events. */
  public static final int MAX_EVENTS = 2_000_000;

  private static final long MAX_PROMPTS_LENGTH = 16 << 20;
  private static final long MAX_EVENTS_BYTES = 1L << 30;
  private static final int MAX_SENT_BYTES = 32 << 20;
  private static final int MAX_NAMES = 1_000;

  private final BundleArchive archive;
  private final BundleManifest manifest;
  private final BitSet results = new BitSet();
  private long firstSeq;

  /** Consumer that may throw an {@link IOException}. */
  public interface IoConsumer<T> {
    void take(T value) throws IOException;
  }

  /** Evidence of one result. */
  public record ResultEvidence(long seq, SentRequest request) {}

  /** Receives kept pictures. */
  @FunctionalInterface
  public interface PictureConsumer {
    void take(KeptFrame frame, byte[] jpeg) throws IOException;
  }

  private Bundle(BundleArchive archive) throws IOException {
    this.archive = archive;
    this.manifest = manifest(archive.json(archive.required(BundleEntries.MANIFEST)));
    ZipEntry _ = archive.required(BundleEntries.EVENTS);
    requireVideo();
  }

  /**
   * Opens a bundle and checks its entries and its manifest.
   *
   * @param mostBytes maximum size of all entries together, uncompressed
   * @throws RefusedException when it is not a bundle, or of another version
   */
  public static Bundle open(Path file, long mostBytes) throws IOException {
    return open(file, mostBytes, () -> false);
  }

  /**
   * Like {@link #open(Path, long)}.
   *
   * @param abandoned checked while reading: true once nobody waits for the bundle any more, and the
   *     read then fails with an {@link IOException}
   */
  public static Bundle open(Path file, long mostBytes, BooleanSupplier abandoned)
      throws IOException {
    BundleArchive archive = BundleArchive.open(file, mostBytes, abandoned);
    boolean opened = false;
    try {
      var bundle = new Bundle(archive);
      opened = true;
      return bundle;
    } catch (ZipException damaged) {
      throw bad("it is damaged");
    } finally {
      if (!opened) {
        archive.close();
      }
    }
  }

  public BundleManifest manifest() {
    return manifest;
  }

  /** Total uncompressed size of all entries, as the archive declares it. */
  public long size() {
    return archive.size();
  }

  /** Reads the events, oldest first, each checked. */
  public void events(IoConsumer<ImportedEvent> to) throws IOException {
    ZipEntry entry = archive.required(BundleEntries.EVENTS);
    Set<String> names = new HashSet<>();
    long seq = 0;
    int line = 0;
    try (var in =
        new BufferedReader(
            new InputStreamReader(archive.open(entry, MAX_EVENTS_BYTES), StandardCharsets.UTF_8))) {
      var lines = new BoundedLines(in, EventLine.MAX_LENGTH);
      for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
        line++;
        ImportedEvent event = event(next.get(), line);
        if (line > MAX_EVENTS || (seq > 0 && event.seq() != seq + 1)) {
          throw bad(
              "line %d of its events does not continue the one before, or there are more than %d"
                  .formatted(line, MAX_EVENTS));
        }
        firstSeq = line == 1 ? event.seq() : firstSeq;
        seq = event.seq();
        results.set((int) (seq - firstSeq), event.event() instanceof Event.Result);
        if (event.event() instanceof Event.Result result
            && names.add(result.name().orElse(""))
            && names.size() > MAX_NAMES) {
          throw bad(
              "its answers have more than %,d prompt names, which is the limit"
                  .formatted(MAX_NAMES));
        }
        to.take(event);
      }
    } catch (BoundedLines.TooLongException tooLong) {
      throw bad(
          "line %d of its events is too long, and at most %,d characters are allowed"
              .formatted(line + 1, EventLine.MAX_LENGTH));
    } catch (ZipException damaged) {
      throw bad("its events are damaged");
    }
    if (seq != manifest.lastSeq()) {
      throw bad(
          "its last event is %d, but its manifest states %d".formatted(seq, manifest.lastSeq()));
    }
  }

  /** The look-backs, as they were stored in the original session. */
  public List<Lookback> lookbacks() throws IOException {
    Optional<ZipEntry> entry = archive.find(BundleEntries.LOOKBACKS);
    List<Lookback> lookbacks = new ArrayList<>();
    if (entry.isPresent()) {
      try {
        archive.json(entry.get()).forEach(one -> lookbacks.add(BundleLookback.read(one)));
      } catch (RefusedException e) {
        throw e;
      } catch (RuntimeException e) {
        throw bad("its look-backs can't be read");
      }
    }
    return lookbacks;
  }

  /** Refuses a bundle whose list of prompts, which is there for people to read, is too large. */
  public void requireReadablePrompts() throws IOException {
    Optional<ZipEntry> entry = archive.find(BundleEntries.PROMPTS);
    if (entry.isPresent()) {
      try (InputStream in = archive.open(entry.get(), MAX_PROMPTS_LENGTH)) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (ZipException damaged) {
        throw bad("its prompts are damaged");
      }
    }
  }

  /** Prepares for another complete pass: the limit on the total size applies to each pass. */
  public void readAgain() {
    archive.readAgain();
  }

  /**
   * Writes the video into a file.
   *
   * @param most maximum size in bytes
   * @return whether there is one
   */
  public boolean video(Path to, long most) throws IOException {
    Optional<ZipEntry> entry = manifest.video().flatMap(archive::find);
    if (entry.isEmpty()) {
      return false;
    }
    try (InputStream in = archive.open(entry.get(), most);
        OutputStream out = Files.newOutputStream(to)) {
      in.transferTo(out);
      return true;
    } catch (ZipException damaged) {
      throw bad("its video is damaged");
    }
  }

  /** Reads the kept pictures, oldest first. */
  public void pictures(PictureConsumer to) throws IOException {
    record PictureEntry(ZipEntry entry, KeptFrame frame) {}
    List<PictureEntry> named = new ArrayList<>();
    for (ZipEntry entry : archive.matching(BundleEntries.PICTURE)) {
      String name = entry.getName().substring(BundleEntries.PICTURES.length());
      KeptFrame frame =
          FrameFile.parse(name).orElseThrow(() -> bad("it has a picture with a wrong name"));
      named.add(new PictureEntry(entry, frame));
    }
    named.sort(Comparator.comparingLong(one -> one.frame().index()));
    MediaTime last = new MediaTime(-1);
    long index = -1;
    for (PictureEntry one : named) {
      if (!last.isBefore(one.frame().time()) || one.frame().index() == index) {
        throw bad("its pictures are not in order");
      }
      index = one.frame().index();
      last = one.frame().time();
      byte[] jpeg = archive.jpeg(one.entry(), one.frame().width(), one.frame().height());
      if (jpeg.length != one.frame().bytes()) {
        throw bad("it has a picture with a wrong size");
      }
      to.take(one.frame(), jpeg);
    }
  }

  /** Reads the evidence, by the number of its result; {@link #events} comes first. */
  public void evidence(IoConsumer<ResultEvidence> to) throws IOException {
    int pictures = 0;
    for (ZipEntry entry : archive.matching(BundleEntries.SENT_OF)) {
      Matcher name = BundleEntries.SENT_OF.matcher(entry.getName());
      if (name.matches()) {
        long seq = Long.parseLong(name.group(1));
        requireResult(seq);
        SentRequest sent = sent(seq, archive.json(entry));
        pictures += sent.pictures().size();
        to.take(new ResultEvidence(seq, sent));
      }
    }
    if (pictures != archive.matching(BundleEntries.PICTURE_SENT).size()) {
      throw bad("it has pictures of evidence that nothing refers to");
    }
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }

  /** Refusal of a bundle. */
  public static RefusedException bad(String why) {
    return Refusal.of(Code.INVALID_BUNDLE, "This bundle can't be opened: " + why + ".")
        .asException();
  }

  private void requireResult(long seq) {
    long at = seq - firstSeq;
    if (at < 0 || at >= results.length() || !results.get((int) at)) {
      throw bad("it has evidence for event %d, which is not a result".formatted(seq));
    }
  }

  private SentRequest sent(long seq, JsonNode about) throws IOException {
    List<EncodedPicture> pictures = new ArrayList<>();
    long held = 0;
    List<String> requests = new ArrayList<>();
    for (JsonNode request : about.path("requests")) {
      requests.add(request.toString());
    }
    if (requests.isEmpty() || !about.path("backend").isTextual()) {
      throw bad("its evidence for result %d can't be read".formatted(seq));
    }
    for (JsonNode one : about.path("pictures")) {
      int width = one.path("width").asInt();
      int height = one.path("height").asInt();
      long micros = one.path("micros").asLong(-1);
      if (micros < 0) {
        throw bad("its evidence for result %d can't be read".formatted(seq));
      }
      byte[] jpeg =
          archive.jpeg(
              archive.required(BundleEntries.sentPicture(seq, pictures.size())), width, height);
      held += jpeg.length;
      if (held > MAX_SENT_BYTES) {
        throw bad(
            "its evidence for result %d has more than %d MB of pictures, which is the limit"
                .formatted(seq, MAX_SENT_BYTES >> 20));
      }
      pictures.add(new EncodedPicture(new MediaTime(micros), width, height, jpeg));
    }
    return new SentRequest(about.path("backend").asText(), pictures, requests);
  }

  private void requireVideo() {
    List<ZipEntry> videos = archive.matching(BundleEntries.VIDEO);
    Optional<String> named = manifest.video();
    boolean same =
        named.isPresent()
            ? videos.size() == 1 && videos.getFirst().getName().equals(named.get())
            : videos.isEmpty();
    if (!same) {
      throw bad("its manifest and its video do not match");
    }
  }

  private static BundleManifest manifest(JsonNode json) {
    try {
      return BundleManifest.read(json);
    } catch (IllegalArgumentException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static ImportedEvent event(String line, int number) {
    try {
      return EventLine.read(line);
    } catch (IllegalArgumentException e) {
      throw bad("line %d of its events can't be read: %s".formatted(number, e.getMessage()));
    }
  }
}
