package framewise.overshoot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;

/** Numbers that the service's schema declares as integers. */
final class WholeNumbers {

  private static final double MAX = 1e15;

  private WholeNumbers() {}

  /** Writes 30.0 as {@code 30}; 29.97 is unchanged. */
  static final class Writer extends JsonSerializer<Double> {
    @Override
    public void serialize(Double value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value == Math.rint(value) && Math.abs(value) < MAX) {
        out.writeNumber(value.longValue());
      } else {
        out.writeNumber(value);
      }
    }
  }

  /** Reads {@code 30} and {@code 30.0}, and refuses 12.5 instead of truncating it to 12. */
  static final class Reader extends JsonDeserializer<Integer> {
    @Override
    public Integer deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (in.currentToken().isNumeric()) {
        double value = in.getDoubleValue();
        if (value == Math.rint(value) && Math.abs(value) <= Integer.MAX_VALUE) {
          return (int) value;
        }
      }
      return (Integer)
          context.handleWeirdStringValue(Integer.class, in.getText(), "not a whole number");
    }
  }
}
