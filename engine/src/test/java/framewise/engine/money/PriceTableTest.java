package framewise.engine.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.Usage;
import framewise.vision.provider.Providers;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {
  private static final List<String> BACKENDS = List.of("openai", "local");

  @TempDir Path folder;

  @Test
  void knowsTheDefaultModelsOfEveryService() {
    PriceTable prices = PriceTable.builtIn();
    assertThat(Providers.ALL)
        .allSatisfy(
            provider ->
                assertThat(prices.of(provider.name(), provider.defaultModel())).isPresent());
    assertThat(prices.of("local", "anything").orElseThrow().isFree()).isTrue();
    assertThat(prices.of("openai", "never-heard-of")).isEmpty();
  }

  @Test
  void multipliesTokensWithPrices() {
    Price price = new Price("openai", "m", new BigDecimal("2.50"), new BigDecimal("15.00"), 1024);
    assertThat(price.of(new Usage(1_000, 100))).isEqualByComparingTo("0.004");
    assertThat(price.of(new Usage(1, 0))).isEqualByComparingTo("0.0000025");
  }

  @Test
  void userLinesTakePrecedence() throws Exception {
    Path own =
        write("dated: today\nprices:\n  - {backend: openai, model: gpt-5.4, input: 1, output: 2}");
    PriceTable prices = PriceTable.of(own, BACKENDS);
    assertThat(prices.dated()).isEqualTo("today");
    assertThat(prices.of("openai", "gpt-5.4").orElseThrow().input()).isEqualByComparingTo("1");
    assertThat(prices.of("openai", "gpt-5.4-mini")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prices: [                                                      | 1: not valid YAML
          dated: x                                                       | 1: there is no list of prices
          prices: [{backend: openai, model: b, input: -1, output: 1}]    | 1: input is "-1" but must be dollars
          prices: [{backend: openai, model: b, input: 1}]                | 1: output is missing but must be dollars
          prices: [{backend: openai, model: b, input: 1, output: 1e999999}] | 1: output is "1e999999" but must be dollars
          prices: [{backend: openai, model: b, input: x, output: 1}]     | 1: input is "x" but must be dollars
          prices: [{backend: openai, model: b, input: [1], output: 1}]   | 1: input must be a single value
          prices: [{model: b, input: 1, output: 1}]                      | 1: backend is missing but must be one of openai, local
          prices: [{backend: openaii, model: b, input: 1, output: 1}]    | 1: backend is "openaii" but must be one of openai, local
          prices: [{backend: openai, input: 1, output: 1}]               | 1: model is missing but must be a model's name
          prices: [{backend: openai, model: b, input: 1, output: 1, of: 2}] | 1: "of" is not a field of a price. The fields are: backend, model, input, output, pixels_per_token
          prices: [{backend: openai, model: b, input: 1, output: 1, pixels_per_token: 0}] | 1: pixels_per_token is "0" but must be a number from 1 to 1000000000
          prices: x                                                      | 1: prices must be a list
          prices: [x]                                                    | 1: a price must have fields
          price: []                                                      | 1: "price" is not a field of a price table. The fields are: dated, prices
          """)
  void errorsNameTheProblem(String yaml, String words) throws Exception {
    Path file = write(yaml);
    assertThatThrownBy(() -> PriceTable.of(file, BACKENDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  @Test
  void errorsNameTheLine() throws Exception {
    Path file =
        write(
            """
            # mine
            dated: today
            prices:
              - {backend: openai, model: a, input: 1, output: 2}
              - backend: local
                model: b
                input: 0
                output: free
            """);
    assertThatThrownBy(() -> PriceTable.of(file, BACKENDS))
        .hasMessageStartingWith(file + ", line 8: output is \"free\" but must be dollars");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("none.yaml");
    assertThatThrownBy(() -> PriceTable.of(file, BACKENDS)).hasMessage(file + " is not there");
    assertThatThrownBy(() -> PriceTable.of(folder, BACKENDS)).hasMessage(folder + " is not a file");
  }

  private Path write(String yaml) throws Exception {
    return Files.writeString(folder.resolve("prices.yaml"), yaml);
  }
}
