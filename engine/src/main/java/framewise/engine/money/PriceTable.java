package framewise.engine.money;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What models cost, as {@code prices.yaml} has it. Immutable. */
public final class PriceTable {
  private static final String RESOURCE = "prices.yaml";
  private static final long LONGEST_FILE = 1 << 20;
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(100_000);
  private static final double USUAL_PIXELS_PER_TOKEN = 1024;

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private record Line(
      @JsonProperty("backend") @Nullable String backend,
      @JsonProperty("model") @Nullable String model,
      @JsonProperty("input") @Nullable BigDecimal input,
      @JsonProperty("output") @Nullable BigDecimal output,
      @JsonProperty("pixels_per_token") @Nullable Double pixelsPerToken) {}

  private record Document(
      @JsonProperty("dated") @Nullable String dated,
      @JsonProperty("prices") @Nullable List<Line> prices) {}

  /** Read when it is first asked for. */
  private static final class BuiltIn {
    static final PriceTable TABLE = load();

    private static PriceTable load() {
      try (InputStream in =
          Objects.requireNonNull(PriceTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
        return read(in.readAllBytes(), RESOURCE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final String dated;
  private final List<Price> prices;

  private PriceTable(String dated, List<Price> prices) {
    this.dated = dated;
    this.prices = List.copyOf(prices);
  }

  /** The prices that come with Framewise. */
  public static PriceTable builtIn() {
    return BuiltIn.TABLE;
  }

  /**
   * The prices of a file, and the built-in ones for what it does not have.
   *
   * @throws IllegalArgumentException when the file is no price table, with the fault and the line
   */
  public static PriceTable of(Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE) {
        throw new IllegalArgumentException(file + " is longer than 1 MB");
      }
      PriceTable own = read(Files.readAllBytes(file), file.toString());
      return new PriceTable(
          own.dated, Stream.concat(own.prices.stream(), builtIn().prices.stream()).toList());
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The day of the prices, as the table says it. */
  public String dated() {
    return dated;
  }

  /** What a model costs; empty where the table does not say. */
  public Optional<Price> of(String backend, String model) {
    return prices.stream().filter(price -> price.covers(backend, model)).findFirst();
  }

  private static PriceTable read(byte[] yaml, String name) {
    try {
      Document document = YAML.readValue(yaml, Document.class);
      if (document == null || document.prices() == null) {
        throw new IllegalArgumentException(name + " has no list of prices");
      }
      String dated = Optional.ofNullable(document.dated()).orElse("no date");
      return new PriceTable(dated, document.prices().stream().map(l -> price(l, name)).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s is no price table: %s at line %d"
              .formatted(
                  name,
                  e.getOriginalMessage(),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Price price(Line line, String name) {
    if (line.backend() == null || line.model() == null) {
      throw new IllegalArgumentException(name + ": a price has no backend or no model");
    }
    String of = name + ": " + line.backend() + " " + line.model();
    double pixels = line.pixelsPerToken() == null ? USUAL_PIXELS_PER_TOKEN : line.pixelsPerToken();
    if (!(pixels >= 1 && pixels <= 1e9)) {
      throw new IllegalArgumentException(of + ": pixels_per_token must be at least 1");
    }
    return new Price(
        line.backend(),
        line.model(),
        amount(line.input(), of + ": input"),
        amount(line.output(), of + ": output"),
        pixels);
  }

  private static BigDecimal amount(@Nullable BigDecimal dollars, String name) {
    if (dollars == null || dollars.signum() < 0 || dollars.compareTo(HIGHEST) > 0) {
      throw new IllegalArgumentException(
          name + " must be dollars for a million tokens, from 0 to " + HIGHEST);
    }
    return dollars;
  }
}
