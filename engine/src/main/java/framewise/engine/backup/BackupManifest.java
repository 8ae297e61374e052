package framewise.engine.backup;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Table of contents of a backup: size and digest of each entry.
 *
 * @param schema version of its database
 * @param entries by their names; empty in a backup of format 1, which lists none
 */
record BackupManifest(int format, int schema, Map<String, Content> entries) {
  /** Name of its entry, which identifies the file as a backup. */
  static final String NAME = "framewise-backup.json";

  /** Maximum size in bytes: enough for some 100,000 entries. */
  static final int MAX_BYTES = 32 << 20;

  private static final int FORMAT = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Content of an entry.
   *
   * @param sha256 in hexadecimal
   */
  record Content(long bytes, String sha256) {}

  BackupManifest {
    entries = Map.copyOf(entries);
  }

  static BackupManifest of(int schema, Map<String, Content> entries) {
    return new BackupManifest(FORMAT, schema, entries);
  }

  /** Whether this version knows the format. */
  boolean isKnown() {
    return format >= 1 && format <= FORMAT;
  }

  /** Whether it lists the entries. */
  boolean lists() {
    return format > 1;
  }

  String json(Instant at, int sessions) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", format).put("schema", schema);
    json.put("created_at", at.toString()).put("sessions", sessions);
    ObjectNode all = json.putObject("entries");
    entries.forEach(
        (name, content) ->
            all.putObject(name).put("bytes", content.bytes()).put("sha256", content.sha256()));
    return json.toPrettyString();
  }

  /** Reads what {@link #json} wrote; empty where it is something else. */
  static Optional<BackupManifest> read(byte[] text) {
    try {
      JsonNode json = JSON.readTree(new String(text, java.nio.charset.StandardCharsets.UTF_8));
      Map<String, Content> entries = new HashMap<>();
      for (Map.Entry<String, JsonNode> one : json.path("entries").properties()) {
        entries.put(
            one.getKey(),
            new Content(
                one.getValue().path("bytes").asLong(-1), one.getValue().path("sha256").asText()));
      }
      return json.path("format").isInt()
          ? Optional.of(
              new BackupManifest(json.path("format").asInt(), json.path("schema").asInt(), entries))
          : Optional.empty();
    } catch (JsonProcessingException noJson) {
      return Optional.empty();
    }
  }
}
