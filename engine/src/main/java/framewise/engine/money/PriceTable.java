package framewise.engine.money;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Prices of models, from {@code prices.yaml}. Immutable. */
public final class PriceTable {
  private static final String RESOURCE = "prices.yaml";
  private static final long MAX_FILE_BYTES = 1 << 20;

  /** Loaded on first use. */
  private static final class BuiltIn {
    static final PriceTable TABLE = load();

    private static PriceTable load() {
      try (InputStream in =
          Objects.requireNonNull(PriceTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
        return PriceFile.read(in.readAllBytes(), RESOURCE, List.of());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final String dated;
  private final List<Price> prices;

  PriceTable(String dated, List<Price> prices) {
    this.dated = dated;
    this.prices = List.copyOf(prices);
  }

  /** The built-in prices. */
  public static PriceTable builtIn() {
    return BuiltIn.TABLE;
  }

  /**
   * The prices of a file, with the built-in ones for models that it omits.
   *
   * @param backends names of the known back ends
   * @throws IllegalArgumentException when the file is not a valid price table, with the fault and
   *     the line
   */
  public static PriceTable of(Path file, List<String> backends) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            file + (Files.exists(file) ? " is not a file" : " is not there"));
      }
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException(file + " is longer than 1 MB");
      }
      PriceTable own = PriceFile.read(Files.readAllBytes(file), file.toString(), backends);
      return new PriceTable(
          own.dated, Stream.concat(own.prices.stream(), builtIn().prices.stream()).toList());
    } catch (AccessDeniedException e) {
      throw new IllegalArgumentException(file + " may not be read by this user", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Date of the prices, as the table states it. */
  public String dated() {
    return dated;
  }

  /** Price of a model; empty where the table has none. */
  public Optional<Price> of(String backend, String model) {
    return prices.stream().filter(price -> price.covers(backend, model)).findFirst();
  }
}
