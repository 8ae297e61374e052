package framewise.overshoot.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/**
 * Chooses frame processing if there is {@code interval_seconds}, like the service when {@code mode}
 * is missing.
 */
final class ProcessingReader extends JsonDeserializer<Processing> {

  @Override
  public Processing deserialize(JsonParser in, DeserializationContext context) throws IOException {
    JsonNode tree = context.readTree(in);
    Class<? extends Processing> type =
        tree.hasNonNull("interval_seconds") ? FrameProcessing.class : ClipProcessing.class;
    return context.readTreeAsValue(tree, type);
  }
}
