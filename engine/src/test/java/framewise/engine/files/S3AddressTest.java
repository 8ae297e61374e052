package framewise.engine.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3AddressTest {
  @Test
  void aBucketSuffices() {
    S3Address address = S3Address.parse("s3://my.bucket-1");
    assertThat(address.bucket()).isEqualTo("my.bucket-1");
    assertThat(address.prefix()).isEmpty();
    assertThat(address.endpoint()).isEmpty();
    assertThat(address.region()).isEmpty();
    assertThat(address.pathStyle()).isFalse();
    assertThat(address.shown()).isEqualTo("s3://my.bucket-1");
  }

  @Test
  void prefixAndEndpointAreOptional() {
    S3Address address =
        S3Address.parse(
            "S3://bucket/one/two?endpoint=https%3A%2F%2Fminio.example:9000/&region=eu-central-1");
    assertThat(address.prefix()).isEqualTo("one/two/");
    assertThat(address.endpoint()).hasValue(URI.create("https://minio.example:9000"));
    assertThat(address.region()).hasValue("eu-central-1");
    assertThat(address.pathStyle()).as("where there is an endpoint").isTrue();
    assertThat(address.shown()).isEqualTo("s3://bucket/one/two/ at https://minio.example:9000");
    assertThat(
            S3Address.parse("s3://bucket?endpoint=http://[::1]:9000&path_style=false").pathStyle())
        .isFalse();
    assertThat(S3Address.parse("s3://bucket?path_style=true").pathStyle()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://                                    | must begin with the name of a bucket",
        "s3:///prefix                             | must begin with the name of a bucket",
        "s3://a b                                 | must begin with the name of a bucket",
        "s3://key:secret@bucket/prefix            | must not hold keys",
        "s3://bucket/../other                     | has a prefix",
        "s3://bucket//other                       | has a prefix",
        "s3://bucket/a%2fb                        | has a prefix",
        "s3://bucket?endpoint=minio:9000          | has an endpoint",
        "s3://bucket?endpoint=http://minio/path   | has an endpoint",
        "s3://bucket?endpoint=http://u:p@minio    | has an endpoint",
        "s3://bucket?region=Frankfurt             | has an invalid region",
        "s3://bucket?path_style=yes               | has a path_style",
        "s3://bucket?secret=hidden                | may have endpoint, region and path_style",
      })
  void invalidAddressesAreExplained(String text, String begin) {
    assertThatThrownBy(() -> S3Address.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(begin)
        .hasMessageNotContainingAny("hidden", "u:p", "key:secret");
  }
}
