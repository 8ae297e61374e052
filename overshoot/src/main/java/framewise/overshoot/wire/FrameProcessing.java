package framewise.overshoot.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * Sampling of single pictures.
 *
 * @param intervalSeconds time between two pictures, 0.1 to 60 seconds (the service accepts anything
 *     above 0)
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonDeserialize(using = JsonDeserializer.None.class)
public record FrameProcessing(@JsonProperty(required = true) double intervalSeconds)
    implements Processing {

  @Override
  public Mode mode() {
    return Mode.FRAME;
  }

  @Override
  public double intervalBetweenResults() {
    return intervalSeconds;
  }

  @Override
  public List<InvalidField> problems() {
    return new InvalidFields()
        .range("interval_seconds", intervalSeconds, 0.1, 60, " seconds")
        .list();
  }
}
