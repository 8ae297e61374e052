package framewise.server.upload;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayNameTest {
  @ParameterizedTest
  @CsvSource({
    "video.mp4, video.mp4",
    "Été à Paris.mov, Été à Paris.mov",
    "../../etc/passwd, passwd",
    "C:\\Users\\me\\clip.avi, clip.avi",
    "'', video",
    "'   ', video",
    "/, video",
    ".., video",
  })
  void isTheLastSegmentOfThePath(String given, String shown) {
    assertThat(DisplayName.of(given)).isEqualTo(shown);
  }

  @Test
  void hasNoControlOrDirectionCharacters() {
    assertThat(DisplayName.of("a\u0000b\r\nc\u202Egpj.mp4")).isEqualTo("abcgpj.mp4");
  }

  @Test
  void aLongNameKeepsItsExtension() {
    assertThat(DisplayName.of("x".repeat(1_000) + ".webm")).hasSize(255).endsWith("x.webm");
  }

  @Property
  void isNeverEmptyLongOrAPath(@ForAll String given) {
    String shown = DisplayName.of(given);
    assertThat(shown).isNotBlank().doesNotContain("/", "\\", "\n", "\u0000");
    assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(DisplayName.MAX_LENGTH);
    assertThat(DisplayName.of(shown)).isEqualTo(shown);
  }
}
