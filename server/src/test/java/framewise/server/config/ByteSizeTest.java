package framewise.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "1048576, 1048576",
    "0, 0",
    "500MB, 524288000",
    "2 GB, 2147483648",
    " 3kb , 3072",
    "1TB, 1099511627776",
    "7B, 7",
  })
  void validSizesAreParsed(String text, long bytes) {
    assertThat(ByteSize.parse(text)).contains(new ByteSize(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MB", "-1", "1.5GB", "500 M", "1e3", "999999999999999TB", "١"})
  void invalidSizesAreRefused(String text) {
    assertThat(ByteSize.parse(text)).isEmpty();
  }

  @Property
  void roundTrips(@ForAll @LongRange(min = 0, max = 1L << 49) long bytes) {
    var size = new ByteSize(bytes);
    assertThat(ByteSize.parse(size.toString().replace(" bytes", ""))).contains(size);
  }
}
