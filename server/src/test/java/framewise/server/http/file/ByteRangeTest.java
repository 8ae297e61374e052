package framewise.server.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import framewise.server.http.file.ByteRange.RequestedRange;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 0",
    "bytes=0-, 0, 99",
    "bytes=10-19, 10, 19",
    "bytes=90-1000, 90, 99",
    "bytes=-1, 99, 99",
    "bytes=-1000, 0, 99",
    "'Bytes = 5 - 6 ', 5, 6",
    "bytes=0-99999999999999999999, 0, 99",
  })
  void rangesAreParsed(String header, long first, long last) {
    assertThat(ByteRange.read(Optional.of(header), 100))
        .isEqualTo(new RequestedRange.Part(new ByteRange(first, last)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "bytes",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=9-5",
        "items=0-1",
        "bytes=0-1,4-5"
      })
  void invalidRangesAreIgnored(String header) {
    assertThat(ByteRange.read(Optional.of(header), 100)).isEqualTo(new RequestedRange.Whole());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0", "bytes=99999999999999999999-"})
  void rangesBeyondTheEndAreUnsatisfiable(String header) {
    assertThat(ByteRange.read(Optional.of(header), 100))
        .isEqualTo(new RequestedRange.Unsatisfiable());
  }

  @Test
  void anEmptyFileHasNoRange() {
    assertThat(ByteRange.read(Optional.of("bytes=0-"), 0))
        .isEqualTo(new RequestedRange.Unsatisfiable());
    assertThat(ByteRange.read(Optional.of("bytes=-5"), 0))
        .isEqualTo(new RequestedRange.Unsatisfiable());
    assertThat(ByteRange.read(Optional.empty(), 0)).isEqualTo(new RequestedRange.Whole());
  }

  @Property
  void rangesAreInsideTheFile(
      @ForAll @LongRange(min = 0) long from,
      @ForAll @LongRange(min = 0) long to,
      @ForAll @LongRange(min = 0) long size) {
    for (String header : new String[] {from + "-" + to, from + "-", "-" + to}) {
      if (ByteRange.read(Optional.of("bytes=" + header), size)
          instanceof RequestedRange.Part(var range)) {
        assertThat(range.first()).isBetween(0L, range.last());
        assertThat(range.last()).isLessThan(size);
        assertThat(range.length()).isBetween(1L, size);
      }
    }
  }
}
