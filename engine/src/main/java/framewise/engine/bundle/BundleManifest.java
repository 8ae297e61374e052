package framewise.engine.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.engine.RefusedException;
import framewise.engine.SessionId;
import framewise.engine.ShownText;
import framewise.engine.Status;
import framewise.engine.keep.KeepJson;
import framewise.engine.keep.KeepSettings;
import framewise.engine.money.SpendingTotal;
import framewise.engine.session.view.SessionView;
import framewise.engine.session.view.VideoJson;
import framewise.engine.settings.SettingsCheck;
import framewise.engine.settings.SettingsJson;
import framewise.engine.settings.StreamSettings;
import framewise.engine.source.SourceKind;
import framewise.media.VideoInfo;
import framewise.vision.Usage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;

/**
 * Description of the session in a bundle.
 *
 * @param session id on the machine that made it
 * @param video name of the video's entry; empty for live video, and where it was deleted
 * @param lastSeq number of the newest event
 */
public record BundleManifest(
    SessionId session,
    SourceKind source,
    String filename,
    Optional<String> name,
    Instant createdAt,
    Status status,
    Optional<String> reason,
    Optional<VideoInfo> info,
    Optional<StreamSettings> settings,
    Optional<KeepSettings> keep,
    long dropped,
    long unchanged,
    SpendingTotal spent,
    Optional<String> video,
    long lastSeq) {
  /** The only version so far. */
  public static final int VERSION = 1;

  static final String FORMAT = "framewise-bundle";

  private static final int MAX_NAME_LENGTH = 400;

  /** Maximum cost of a session, in US dollars. */
  private static final BigDecimal MAX_DOLLARS = BigDecimal.valueOf(1_000_000);

  private static final int MAX_REASON_LENGTH = 4_000;

  static BundleManifest of(
      SessionView view, Optional<KeepSettings> keep, Optional<String> video, long lastSeq) {
    return new BundleManifest(
        view.id(),
        view.source(),
        view.filename(),
        view.givenName(),
        view.createdAt().truncatedTo(ChronoUnit.MILLIS), // the database's precision
        view.status(),
        view.reason(),
        view.video(),
        view.settings(),
        keep,
        view.counters().dropped(),
        view.counters().unchanged(),
        view.counters().spent(),
        video,
        lastSeq);
  }

  ObjectNode write() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT).put("version", VERSION);
    video.ifPresent(entry -> json.put("video", entry));
    json.put("last_seq", lastSeq);
    ObjectNode about = json.putObject("session");
    about.put("id", session.toString());
    about.put("source", source.wireName());
    about.put("filename", filename);
    name.ifPresent(text -> about.put("name", text));
    about.put("created_at", createdAt.toString());
    about.put("status", status.wireName());
    reason.ifPresent(text -> about.put("reason", text));
    about.set("video", VideoJson.write(info));
    settings.ifPresent(with -> about.set("settings", SettingsJson.write(with)));
    keep.ifPresent(with -> about.set("keep", KeepJson.write(with)));
    about.put("dropped", dropped).put("unchanged", unchanged);
    about
        .putObject("spent")
        .put("input_tokens", spent.usage().inputTokens())
        .put("output_tokens", spent.usage().outputTokens())
        .put("dollars", spent.dollars().stripTrailingZeros())
        .put("unpriced", spent.unpriced());
    return json;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when it is something else; the message says why, phrased to
   *     follow a colon
   */
  static BundleManifest read(JsonNode json) {
    if (!json.path("format").asText().equals(FORMAT)) {
      throw new IllegalArgumentException("it is not a bundle of Framewise");
    }
    int version = json.path("version").asInt();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          ("it has format %d but this version of Framewise opens format %d: use the"
                  + " version that made it, or a newer one")
              .formatted(version, VERSION));
    }
    try {
      return sound(json);
    } catch (WrongPartException e) {
      throw new IllegalArgumentException(
          "its manifest can't be read (%s)".formatted(e.getMessage()), e);
    }
  }

  private static BundleManifest sound(JsonNode json) {
    JsonNode about = json.path("session");
    return new BundleManifest(
        part(about, "id", id -> SessionId.parse(id.asText()).orElseThrow()),
        part(about, "source", source -> SourceKind.ofWireName(source.asText())),
        part(about, "filename", text -> text(text, MAX_NAME_LENGTH)),
        optional(about, "name", text -> text(text, MAX_NAME_LENGTH)),
        part(about, "created_at", at -> Instant.parse(at.asText())),
        part(about, "status", status -> Status.ofWireName(status.asText())),
        optional(about, "reason", BundleManifest::reason).filter(text -> !text.isEmpty()),
        part(about, "video", VideoJson::read),
        optional(about, "settings", BundleManifest::settings),
        optional(about, "keep", KeepJson::read),
        part(about, "dropped", BundleManifest::count),
        part(about, "unchanged", BundleManifest::count),
        part(about, "spent", BundleManifest::spent),
        optional(json, "video", JsonNode::asText),
        part(json, "last_seq", BundleManifest::count));
  }

  /** A part of the manifest can't be read; the message names it. */
  private static final class WrongPartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongPartException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static <T> T part(JsonNode json, String name, Function<JsonNode, T> read) {
    try {
      return read.apply(json.required(name));
    } catch (RefusedException e) {
      throw new WrongPartException("%s: %s".formatted(name, e.refusal().detail()), e);
    } catch (RuntimeException e) {
      throw new WrongPartException(name + " is missing or not allowed", e);
    }
  }

  private static <T> Optional<T> optional(JsonNode json, String name, Function<JsonNode, T> read) {
    return json.has(name) ? Optional.of(part(json, name, read)) : Optional.empty();
  }

  private static StreamSettings settings(JsonNode json) {
    StreamSettings settings = SettingsJson.read(json);
    SettingsCheck.require(settings);
    return settings;
  }

  private static SpendingTotal spent(JsonNode json) {
    return new SpendingTotal(
        new Usage(count(json.required("input_tokens")), count(json.required("output_tokens"))),
        dollars(json.required("dollars")),
        count(json.required("unpriced")));
  }

  private static String reason(JsonNode json) {
    String reason = json.asText();
    if (reason.length() > MAX_REASON_LENGTH) {
      throw new IllegalArgumentException("it is too long");
    }
    return ShownText.ofLines(reason, MAX_REASON_LENGTH);
  }

  private static String text(JsonNode json, int most) {
    String text = json.asText();
    if (ShownText.isBlank(text) || text.length() > most || ShownText.hasHidden(text)) {
      throw new IllegalArgumentException("it is empty, too long or has control characters");
    }
    return text;
  }

  private static long count(JsonNode json) {
    long count = json.asLong(-1);
    if (count < 0 || count > 1L << 50) {
      throw new IllegalArgumentException("it is out of range");
    }
    return count;
  }

  private static BigDecimal dollars(JsonNode json) {
    BigDecimal dollars = json.decimalValue(); // zero for a text
    if (!json.isNumber()
        || dollars.signum() < 0
        || dollars.compareTo(MAX_DOLLARS) > 0
        || dollars.precision() > 30
        || Math.abs(dollars.scale()) > 20) {
      throw new IllegalArgumentException("its dollars are out of range");
    }
    return dollars;
  }
}
