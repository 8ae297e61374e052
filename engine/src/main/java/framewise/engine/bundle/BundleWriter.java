package framewise.engine.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.evidence.Evidence;
import framewise.engine.evidence.EvidenceFile;
import framewise.engine.files.StoredFile;
import framewise.engine.keep.Footage;
import framewise.engine.keep.FrameFile;
import framewise.engine.keep.FrameStore;
import framewise.engine.keep.KeepSettings;
import framewise.engine.keep.KeptFrame;
import framewise.engine.lookback.Lookback;
import framewise.engine.lookback.LookbackJson;
import framewise.engine.result.AnswerIndex;
import framewise.engine.result.LoggedEvent;
import framewise.engine.result.ResultLog;
import framewise.engine.session.view.SessionView;
import framewise.media.picture.EncodedPicture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a session as a bundle, entry by entry, with a few hundred KB of memory. Used by one
 * thread.
 */
public final class BundleWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int PAGE = 500;

  private final SessionView view;
  private final Optional<KeepSettings> keep;
  private final ResultLog log;
  private final Optional<StoredFile> video;
  private final List<KeptFrame> frames;
  private final Footage footage;
  private final List<Lookback> lookbacks;
  private final Evidence evidence;

  /**
   * @param video its file; empty for live video
   */
  public BundleWriter(
      SessionView view,
      Optional<KeepSettings> keep,
      ResultLog log,
      Optional<StoredFile> video,
      FrameStore frames,
      List<Lookback> lookbacks,
      Evidence evidence) {
    this.view = view;
    this.keep = keep;
    this.log = log;
    this.video = video.filter(StoredFile::exists);
    this.frames = frames.all(view.id());
    this.footage = frames.of(view.id());
    this.lookbacks = lookbacks;
    this.evidence = evidence;
  }

  /**
   * Writes the whole session in its present state.
   *
   * @param to is not closed
   */
  public void write(OutputStream to) throws IOException, InterruptedException {
    long last = log.lastSeq();
    Optional<String> entry = video.map(file -> BundleEntries.video(view.filename()));
    var zip = new ZipOutputStream(to);
    put(zip, BundleEntries.MANIFEST, BundleManifest.of(view, keep, entry, last).write());
    events(zip, last);
    prompts(zip, last);
    ArrayNode past = JSON.createArrayNode();
    lookbacks.forEach(one -> past.add(LookbackJson.write(one)));
    put(zip, BundleEntries.LOOKBACKS, past);
    evidence(zip, last);
    zip.setLevel(Deflater.NO_COMPRESSION); // videos and pictures are compressed already
    if (video.isPresent()) {
      zip.putNextEntry(entry(entry.orElseThrow()));
      try (InputStream in = video.get().open()) {
        in.transferTo(zip);
      }
      zip.closeEntry();
    }
    for (KeptFrame frame : frames) {
      for (EncodedPicture picture : footage.pictures(List.of(frame))) {
        put(zip, BundleEntries.PICTURES + FrameFile.name(frame), picture.jpeg());
      }
    }
    zip.finish();
  }

  private void events(ZipOutputStream zip, long last) throws IOException {
    zip.putNextEntry(entry(BundleEntries.EVENTS));
    long since = 0;
    for (List<LoggedEvent> page = log.after(since, PAGE);
        !page.isEmpty() && since < last;
        page = log.after(since, PAGE)) {
      for (LoggedEvent event : page) {
        if (event.seq() <= last) {
          zip.write(event.json().getBytes(StandardCharsets.UTF_8));
          zip.write('\n');
        }
        since = event.seq();
      }
    }
    zip.closeEntry();
  }

  /** Writes the prompts over time. */
  private void prompts(ZipOutputStream zip, long last) throws IOException {
    Map<String, Long> newest = new HashMap<>();
    zip.putNextEntry(entry(BundleEntries.PROMPTS));
    zip.write('[');
    boolean first = true;
    long since = 0;
    for (List<LoggedEvent> page = log.resultsAfter(since, PAGE);
        !page.isEmpty() && since < last;
        page = log.resultsAfter(since, PAGE)) {
      for (LoggedEvent event : page) {
        since = event.seq();
        Optional<ObjectNode> prompt =
            since <= last ? prompt(event, newest) : Optional.<ObjectNode>empty();
        if (prompt.isPresent()) {
          if (!first) {
            zip.write(',');
          }
          zip.write(JSON.writeValueAsBytes(prompt.get()));
          first = false;
        }
      }
    }
    zip.write(']');
    zip.closeEntry();
  }

  /** The prompt of an event; empty where it equals the previous one of the same run. */
  private static Optional<ObjectNode> prompt(LoggedEvent event, Map<String, Long> newest)
      throws IOException {
    JsonNode json = JSON.readTree(event.json());
    String name = json.path("name").asText();
    String text = json.path("prompt").asText();
    Long key = AnswerIndex.questionKey(text);
    if (key.equals(newest.put(event.run() + " " + name, key))) {
      return Optional.empty();
    }
    ObjectNode prompt = JSON.createObjectNode().put("run", event.run()).put("seq", event.seq());
    if (!name.isEmpty()) {
      prompt.put("name", name);
    }
    prompt.put("prompt", text).put("at", json.path("at").asText());
    prompt.set("start_seconds", json.at("/clip/start_seconds"));
    return Optional.of(prompt);
  }

  private void evidence(ZipOutputStream zip, long last) throws IOException {
    for (long seq : evidence.of(view.id())) {
      Optional<EvidenceFile> file = seq <= last ? evidence.find(view.id(), seq) : Optional.empty();
      if (file.isPresent()) {
        zip.setLevel(Deflater.DEFAULT_COMPRESSION);
        put(zip, BundleEntries.sent(seq), file.get().about());
        zip.setLevel(Deflater.NO_COMPRESSION);
        int number = 0;
        for (EncodedPicture picture : file.get().pictures()) {
          put(zip, BundleEntries.sentPicture(seq, number++), picture.jpeg());
        }
      }
    }
  }

  private static void put(ZipOutputStream zip, String name, JsonNode json) throws IOException {
    put(zip, name, JSON.writeValueAsBytes(json));
  }

  private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    zip.putNextEntry(entry(name));
    zip.write(bytes);
    zip.closeEntry();
  }

  /** Gives every entry the same fixed time, so that equal content results in equal bytes. */
  private static ZipEntry entry(String name) {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(java.time.LocalDateTime.of(2000, 1, 1, 0, 0));
    return entry;
  }
}
