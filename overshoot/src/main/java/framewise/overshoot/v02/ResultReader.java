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

  private final Delivery delivery;
  private final Tally tally;
  private final String streamId;
  private final SeenIds seen = new SeenIds(REMEMBERED);

  ResultReader(Delivery delivery, Tally tally, String streamId) {
    this.delivery = delivery;
    this.tally = tally;
    this.streamId = streamId;
  }

  /** Takes a message; returns when the result has its place in the queue. */
  void take(String message) {
    JsonNode json;
    try {
      json = WireJson.mapper().readTree(message);
    } catch (JsonProcessingException e) {
      skip("a message that is not JSON");
      return;
    }
    Optional<InferenceResult> result = json == null ? Optional.empty() : InferenceResult.read(json);
    if (result.isEmpty()) {
      skip("a message that is no result");
    } else if (result.get().id().isEmpty() || seen.add(result.get().id())) {
      delivery.result(result.get());
    } else {
      tally.duplicates.increment();
    }
  }

  /** Leaves out something that is no result. Only the first is logged; the rest is counted. */
  void skip(String what) {
    tally.unreadable.increment();
    if (tally.unreadable.sum() == 1) {
      LOG.warn("Stream {}: left out {}; further ones are only counted", streamId, what);
    }
  }
}
