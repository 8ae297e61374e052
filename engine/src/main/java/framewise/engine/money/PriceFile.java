package framewise.engine.money;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reader for {@code prices.yaml} that reports faults with their line. */
final class PriceFile {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(100_000);
  private static final BigDecimal MAX_PIXELS = BigDecimal.valueOf(1_000_000_000);
  private static final BigDecimal DEFAULT_PIXELS_PER_TOKEN = BigDecimal.valueOf(1024);
  private static final int SHOWN = 80;

  private static final List<String> FIELDS =
      List.of("backend", "model", "input", "output", "pixels_per_token");

  private final JsonParser yaml;
  private final String file;
  private final List<String> backends;
  private String dated = "no date";
  private Optional<List<Price>> prices = Optional.empty();

  /** A field's value and its line. */
  private record Value(String text, int line) {}

  private PriceFile(JsonParser yaml, String file, List<String> backends) {
    this.yaml = yaml;
    this.file = file;
    this.backends = backends;
  }

  /**
   * Reads a whole file.
   *
   * @param file its name in error messages
   * @param backends known back ends; empty accepts any
   * @throws IllegalArgumentException when it is not a valid price table, with the fault and the
   *     line
   */
  static PriceTable read(byte[] content, String file, List<String> backends) throws IOException {
    try (JsonParser yaml = YAML.createParser(content)) {
      return new PriceFile(yaml, file, backends).table();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new IllegalArgumentException(
          "%s, line %d: not valid YAML. Check brackets, quotes, colons and the indent"
              .formatted(file, line),
          e);
    }
  }

  private PriceTable table() throws IOException {
    if (yaml.nextToken() != JsonToken.START_OBJECT) {
      throw fault(
          line(), "there must be a list of prices: \"prices:\", below it lines with \"- \"");
    }
    int start = line();
    while (yaml.nextToken() == JsonToken.FIELD_NAME) {
      String field = yaml.currentName();
      int line = line();
      yaml.nextToken();
      switch (field) {
        case "dated" -> scalar(field).ifPresent(value -> dated = value.text());
        case "prices" -> prices = Optional.of(list());
        default -> throw fault(line, unknown(field, "a price table", List.of("dated", "prices")));
      }
    }
    return new PriceTable(
        dated, prices.orElseThrow(() -> fault(start, "there is no list of prices")));
  }

  private List<Price> list() throws IOException {
    if (yaml.currentToken() != JsonToken.START_ARRAY) {
      throw fault(line(), "prices must be a list, each price in a line with \"- \" before it");
    }
    List<Price> list = new ArrayList<>();
    while (yaml.nextToken() != JsonToken.END_ARRAY) {
      list.add(price());
    }
    return list;
  }

  private Price price() throws IOException {
    if (yaml.currentToken() != JsonToken.START_OBJECT) {
      throw fault(line(), "a price must have fields: " + String.join(", ", FIELDS));
    }
    int start = line();
    Map<String, Value> fields = new LinkedHashMap<>();
    while (yaml.nextToken() == JsonToken.FIELD_NAME) {
      String field = yaml.currentName();
      if (!FIELDS.contains(field)) {
        throw fault(line(), unknown(field, "a price", FIELDS));
      }
      yaml.nextToken();
      scalar(field).ifPresent(value -> fields.put(field, value));
    }
    String known =
        backends.isEmpty() ? "a back end's name" : "one of " + String.join(", ", backends);
    Value backend = required(fields, "backend", start, known);
    if (!backends.isEmpty() && !backends.contains(backend.text())) {
      throw wrong("backend", backend, known);
    }
    Value model =
        required(fields, "model", start, "a model's name, or the start of one followed by *");
    return new Price(
        backend.text(),
        model.text(),
        dollars(fields, "input", start),
        dollars(fields, "output", start),
        pixels(Optional.ofNullable(fields.get("pixels_per_token"))));
  }

  private BigDecimal dollars(Map<String, Value> fields, String field, int start) {
    String allowed = "dollars per million tokens, from 0 to " + MAX_PRICE;
    Value value = required(fields, field, start, allowed);
    return number(value)
        .filter(dollars -> dollars.signum() >= 0 && dollars.compareTo(MAX_PRICE) <= 0)
        .orElseThrow(() -> wrong(field, value, allowed));
  }

  private double pixels(Optional<Value> given) {
    return given
        .map(
            value ->
                number(value)
                    .filter(n -> n.compareTo(BigDecimal.ONE) >= 0 && n.compareTo(MAX_PIXELS) <= 0)
                    .orElseThrow(
                        () -> wrong("pixels_per_token", value, "a number from 1 to " + MAX_PIXELS)))
        .orElse(DEFAULT_PIXELS_PER_TOKEN)
        .doubleValue();
  }

  private Value required(Map<String, Value> fields, String field, int start, String allowed) {
    Value value = fields.get(field);
    if (value == null || value.text().isBlank()) {
      throw fault(
          value == null ? start : value.line(), field + " is missing but must be " + allowed);
    }
    return value;
  }

  /** Returns empty for a blank text. */
  private Optional<Value> scalar(String field) throws IOException {
    if (!yaml.currentToken().isScalarValue()) {
      throw fault(line(), field + " must be a single value");
    }
    return yaml.currentToken() == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(new Value(yaml.getText(), line()));
  }

  private static Optional<BigDecimal> number(Value value) {
    try {
      return Optional.of(new BigDecimal(value.text().strip()));
    } catch (NumberFormatException noNumber) {
      return Optional.empty();
    }
  }

  private int line() {
    return Math.max(1, yaml.currentTokenLocation().getLineNr());
  }

  private IllegalArgumentException wrong(String field, Value value, String allowed) {
    return fault(
        value.line(), "%s is \"%s\" but must be %s".formatted(field, shown(value.text()), allowed));
  }

  private IllegalArgumentException fault(int line, String words) {
    return new IllegalArgumentException("%s, line %d: %s".formatted(file, line, words));
  }

  private static String unknown(String field, String of, List<String> known) {
    return "\"%s\" is not a field of %s. The fields are: %s"
        .formatted(shown(field), of, String.join(", ", known));
  }

  private static String shown(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
  }
}
