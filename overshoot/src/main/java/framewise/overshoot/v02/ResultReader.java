package framewise.overshoot.v02;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import framewise.overshoot.wire.InferenceResult;
import framewise.overshoot.wire.WireJson;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes results out of messages: leaves out what came before and counts what is none. It outlives
 * connections, so that a result repeated after a reconnect is still known.
 */
final class ResultReader {

  private static final Logger LOG = LoggerFactory.getLogger(OvershootStream.class);
  private static final int REMEMBERED = 65_536;

  private final Tally tally;
  private final String streamId;
  private final SeenIds seen = new SeenIds(REMEMBERED);

  ResultReader(Tally tally, String streamId) {
    this.tally = tally;
    this.streamId = streamId;
  }

  /** The result in a message; empty if there is none or it came before. */
  Optional<InferenceResult> read(String message) {
    Optional<InferenceResult> result = parse(message);
    if (result.isEmpty()) {
      skip("a message that is no result");
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

  /** Leaves out something that is no result. Only the first is logged; the rest is counted. */
  void skip(String what) {
    tally.unreadable.increment();
    if (tally.unreadable.sum() == 1) {
      LOG.warn("Stream {}: left out {}; further ones are only counted", streamId, what);
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
