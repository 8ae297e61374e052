package framewise.overshoot.v02;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.overshoot.wire.InferenceResult;
import framewise.overshoot.wire.WireJson;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parses messages to results; skips duplicates and counts invalid ones. It outlives connections, so
 * that it recognises a result repeated after a reconnect.
 */
final class ResultReader {

  private static final Logger LOG = LoggerFactory.getLogger(OvershootStream.class);
  private static final int REMEMBERED = 65_536;

  private final StreamCounters tally;
  private final String streamId;
  private final SeenIds seen = new SeenIds(REMEMBERED);

  ResultReader(StreamCounters tally, String streamId) {
    this.tally = tally;
    this.streamId = streamId;
  }

  /** The result in a message; empty for an invalid message or a duplicate. */
  Optional<InferenceResult> read(String message) {
    Optional<InferenceResult> result = parse(message);
    if (result.isEmpty()) {
      skip("a message that is not a result");
      return result;
    }
    String id = result.get().id();
    if (!id.isEmpty() && !seen.add(id)) {
      tally.duplicates.increment();
      return Optional.empty();
    }
    tally.results.increment();
    return result;
  }

  /** Skips an invalid message. Only the first is logged; the rest are counted. */
  void skip(String what) {
    tally.unreadable.increment();
    if (tally.unreadable.sum() == 1) {
      LOG.warn("Stream {}: skipped {}; Framewise only counts further ones", streamId, what);
    }
  }

  private static Optional<InferenceResult> parse(String message) {
    try {
      JsonNode json = WireJson.mapper().readTree(message);
      return json == null ? Optional.empty() : InferenceResult.read(json);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
