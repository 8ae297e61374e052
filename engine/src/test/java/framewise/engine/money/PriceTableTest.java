package framewise.engine.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.vision.Usage;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {
  @TempDir Path folder;

  @Test
  void knowsTheDefaultModelsOfEveryService() {
    PriceTable prices = PriceTable.builtIn();
    assertThat(prices.of("openai", "gpt-5.4")).isPresent();
    assertThat(prices.of("gemini", "gemini-2.5-flash")).isPresent();
    assertThat(prices.of("anthropic", "claude-sonnet-4-6")).isPresent();
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
  void linesOfOnesOwnComeFirst() throws Exception {
    Path own =
        write("dated: today\nprices:\n  - {backend: openai, model: gpt-5.4, input: 1, output: 2}");
    PriceTable prices = PriceTable.of(own);
    assertThat(prices.dated()).isEqualTo("today");
    assertThat(prices.of("openai", "gpt-5.4").orElseThrow().input()).isEqualByComparingTo("1");
    assertThat(prices.of("openai", "gpt-5.4-mini")).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          prices: [                                                   | no price table
          dated: x                                                    | no list of prices
          prices: [{backend: a, model: b, input: -1, output: 1}]      | a b: input must be dollars
          prices: [{backend: a, model: b, input: 1}]                  | a b: output must be dollars
          prices: [{model: b, input: 1, output: 1}]                   | has no backend
          prices: [{backend: a, model: b, input: 1, output: 1, of: 2}]| no price table
          """)
  void saysWhatIsWrong(String yaml, String words) throws Exception {
    Path file = write(yaml);
    assertThatThrownBy(() -> PriceTable.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(words);
  }

  private Path write(String yaml) throws Exception {
    return Files.writeString(folder.resolve("prices.yaml"), yaml);
  }
}
