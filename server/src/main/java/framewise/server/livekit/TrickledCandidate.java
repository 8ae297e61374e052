package framewise.server.livekit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * An ICE candidate of a client, from the JSON of {@code RTCIceCandidateInit}.
 *
 * @param candidate not checked yet
 */
record TrickledCandidate(String candidate) {
  private static final int MAX_DEPTH = 4;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .build();

  /** Reads the JSON; empty for the end of the candidates, and for malformed JSON. */
  static Optional<TrickledCandidate> read(String json) {
    try {
      // All media sections share one transport, so the candidate's section does not matter.
      JsonNode candidate = JSON.readTree(json).path("candidate");
      return candidate.isTextual() && !candidate.asText().isEmpty()
          ? Optional.of(new TrickledCandidate(candidate.asText()))
          : Optional.empty();
    } catch (JsonProcessingException malformed) {
      return Optional.empty();
    }
  }
}
