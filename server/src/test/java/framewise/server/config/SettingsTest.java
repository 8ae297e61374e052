package framewise.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import framewise.overshoot.Secret;
import framewise.server.config.network.Origins;
import framewise.vision.chat.PictureEncoding;
import framewise.vision.openai.OpenAiBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir Path folder;

  @Test
  void defaultsMatchTheOriginal() throws Exception {
    Settings settings = Settings.read(Map.of());
    assertThat(settings.port()).isEqualTo(8000);
    assertThat(settings.host()).isEqualTo("0.0.0.0");
    assertThat(settings.maxUpload()).isEqualTo(new ByteSize(500L * 1024 * 1024));
    assertThat(settings.data()).isEqualTo(Path.of("./data"));
    assertThat(settings.resume()).isTrue();
    assertThat(settings.maxStreams()).isEqualTo(32);
    assertThat(settings.sourceGrace()).hasSeconds(15);
    assertThat(settings.tls()).isEqualTo(new Tls.Off());
    assertThat(settings.pictures()).isEqualTo(PictureEncoding.DEFAULT);
    assertThat(settings.findLocal()).isTrue();
    assertThat(settings.corsOrigins()).isEqualTo(Origins.NONE);
    assertThat(settings.consoleDir()).isEmpty();
    assertThat(settings.logLevel()).isEqualTo(LogLevel.INFO);
    assertThat(settings.providers())
        .extracting(ProviderSettings::name)
        .containsExactly(
            "overshoot", "gemini", "openai", "anthropic", "mistral", "local", "vllm_omni");
    assertThat(settings.providers())
        .extracting(provider -> provider.timeout().toSeconds())
        .containsExactly(30L, 30L, 30L, 30L, 30L, 120L, 30L);
    assertThat(settings.providers().getFirst().baseUrl())
        .hasToString("Optional[https://cluster1.overshoot.ai/api/v0.2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BACKEND_PORT|80000|BACKEND_PORT is \"80000\" but must be 0 to 65535.",
        "BACKEND_PORT|http|BACKEND_PORT is \"http\" but must be 0 to 65535.",
        "FRAMEWISE_MAX_UPLOAD|lots|FRAMEWISE_MAX_UPLOAD is \"lots\" but must be a size from 1KB to"
            + " 1024GB, such as 500MB or 2GB.",
        "FRAMEWISE_MAX_UPLOAD|5|FRAMEWISE_MAX_UPLOAD is \"5\" but must be a size from 1KB to"
            + " 1024GB, such as 500MB or 2GB.",
        "FRAMEWISE_RESUME|maybe|FRAMEWISE_RESUME is \"maybe\" but must be on or off.",
        "FRAMEWISE_MAX_STREAMS|0|FRAMEWISE_MAX_STREAMS is \"0\" but must be 1 to 10000.",
        "FRAMEWISE_SOURCE_GRACE|-1|FRAMEWISE_SOURCE_GRACE is \"-1\" but must be 0 to 3600.",
        "FRAMEWISE_SOURCE_GRACE|15 s|FRAMEWISE_SOURCE_GRACE is \"15 s\" but must be 0 to 3600.",
        "FRAMEWISE_FRAME_SIZE|63|FRAMEWISE_FRAME_SIZE is \"63\" but must be 64 to 4096.",
        "FRAMEWISE_READING_SIZE|4097|FRAMEWISE_READING_SIZE is \"4097\" but must be 64 to 4096.",
        "FRAMEWISE_JPEG_QUALITY|0|FRAMEWISE_JPEG_QUALITY is \"0\" but must be 1 to 100.",
        "OVERSHOOT_TIMEOUT_SECONDS|121|OVERSHOOT_TIMEOUT_SECONDS is \"121\" but must be 1 to 120.",
        "OPENAI_TIMEOUT_SECONDS|0|OPENAI_TIMEOUT_SECONDS is \"0\" but must be 1 to 600.",
        "LOCAL_TIMEOUT_SECONDS|601|LOCAL_TIMEOUT_SECONDS is \"601\" but must be 1 to 600.",
        "FRAMEWISE_FILES|/mnt/files|FRAMEWISE_FILES is a folder, which needs several"
            + " nodes: set FRAMEWISE_CLUSTER_KEY as well, or remove FRAMEWISE_FILES. On one"
            + " machine, use FRAMEWISE_DATA, or an"
            + " address such as s3://bucket/prefix.",
        "FRAMEWISE_FILES|s3://key:secret@bucket|FRAMEWISE_FILES must not hold keys: set"
            + " FRAMEWISE_S3_ACCESS_KEY_ID and FRAMEWISE_S3_SECRET_ACCESS_KEY.",
        "FRAMEWISE_FILES|s3://bucket?endpoint=minio|FRAMEWISE_FILES has an endpoint that must be an"
            + " http or https URL without a path, such as https://minio.example:9000.",
        "FRAMEWISE_S3_ACCESS_KEY_ID|AKIA0|FRAMEWISE_S3_ACCESS_KEY_ID and"
            + " FRAMEWISE_S3_SECRET_ACCESS_KEY have no effect without an S3-compatible store:"
            + " set"
            + " FRAMEWISE_FILES to an address such as s3://bucket/prefix, or remove them.",
        "FRAMEWISE_FIND_LOCAL|here|FRAMEWISE_FIND_LOCAL is \"here\" but must be on or off.",
        "FRAMEWISE_CORS_ORIGINS|a.example|FRAMEWISE_CORS_ORIGINS is \"a.example\" but must be * or"
            + " a comma-separated list of origins such as https://app.example.",
        "FRAMEWISE_TLS|on|FRAMEWISE_TLS is \"on\" but must be off, self-signed, or the files of a"
            + " certificate and its key such as cert.pem,key.pem.",
        "FRAMEWISE_TLS|cert.pem,|FRAMEWISE_TLS is \"cert.pem,\" but must be off, self-signed, or"
            + " the files of a certificate and its key such as cert.pem,key.pem.",
        "FRAMEWISE_URL_TLS|off|FRAMEWISE_URL_TLS is \"off\" but must be verify, trust-lan or"
            + " trust.",
        "FRAMEWISE_LOG_LEVEL|loud|FRAMEWISE_LOG_LEVEL is \"loud\" but must be error, warn, info,"
            + " debug or trace.",
        "OVERSHOOT_API_URL|ftp://x|OVERSHOOT_API_URL is \"ftp://x\" but must be an http or https"
            + " URL without a user, a query or a fragment.",
      })
  void invalidValuesAreNamedWithWhatIsAllowed(String key, String value, String sentence) {
    assertThatThrownBy(() -> Settings.read(Map.of(key, value)))
        .isInstanceOf(SettingsException.class)
        .hasMessage(sentence);
  }

  @Test
  void allBadValuesAreReportedTogether() {
    var refused =
        catchThrowableOfType(
            SettingsException.class,
            () -> Settings.read(Map.of("BACKEND_PORT", "x", "FRAMEWISE_RESUME", "x")));
    assertThat(refused.sentences()).hasSize(2);
  }

  @Test
  void badKeyIsNotShown() {
    assertThatThrownBy(() -> Settings.read(Map.of("GEMINI_API_KEY", "two words")))
        .hasMessageContaining("GEMINI_API_KEY")
        .hasMessageNotContaining("two words");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OPENAI_BASE_URL|http://u:SECRETPW@ho st/v1|OPENAI_BASE_URL is \"http://***@ho st/v1\" but",
        "GEMINI_BASE_URL|u:SECRETPW@host/v1|GEMINI_BASE_URL is \"***@host/v1\" but",
        "ANTHROPIC_BASE_URL|ftp://u:a/SECRETPW@b@host|ANTHROPIC_BASE_URL is \"ftp://***@host\" but",
        "LOCAL_BASE_URL|http:/u:SECRETPW@host|LOCAL_BASE_URL is \"***@host\" but",
        "LOCAL_BASE_URL|http://u:SECRETPW|LOCAL_BASE_URL is \"http://u:***\" but",
        "LOCAL_BASE_URL|htp://host/v1?key=SECRETPW|LOCAL_BASE_URL is \"htp://host/v1?***\" but",
        "OVERSHOOT_API_URL|http://u:SECRETPW@host/v1|OVERSHOOT_API_URL is \"http://***@host/v1\""
            + " but",
        "FRAMEWISE_CORS_ORIGINS|https://u:SECRETPW@host/x|FRAMEWISE_CORS_ORIGINS is"
            + " \"https://***@host/x\" but",
      })
  void passwordInAnAddressIsNotShown(String key, String value, String sentence) {
    assertThatThrownBy(() -> Settings.read(Map.of(key, value)))
        .hasMessageStartingWith(sentence)
        .hasMessageNotContaining("SECRETPW");
  }

  @Test
  void passwordsInAddressesAreNotShown() throws Exception {
    Settings settings = Settings.read(Map.of("OPENAI_BASE_URL", "http://u:SECRETPW@host/v1"));
    assertThat(settings.provider(OpenAiBackend.PROVIDER).baseUrl().orElseThrow())
        .hasToString("http://u:SECRETPW@host/v1");
    assertThat(settings.toString()).contains("http://***@host/v1").doesNotContain("SECRETPW");
  }

  @Test
  void pricesOfUnknownBackEndsAreRefused() throws Exception {
    Path prices = folder.resolve("prices.yaml");
    Files.writeString(
        prices,
        """
        prices:
          - {backend: openai, model: a, input: 1, output: 2}
          - backend: openaii
            model: b
            input: 1
            output: 2
        """);
    assertThatThrownBy(() -> Settings.read(Map.of("FRAMEWISE_PRICES", prices.toString())))
        .hasMessage(
            "FRAMEWISE_PRICES cannot be used: %s, line 3: backend is \"openaii\" but must be one of overshoot, gemini, openai, anthropic, mistral, local, vllm_omni, builtin."
                .formatted(prices));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prices: x",
        "prices: {}",
        "- a",
        "x",
        "prices: [[]]",
        "prices: [",
        "{",
        "\"",
        "a: b: c"
      })
  void invalidPriceTablesAreExplained(String yaml) throws Exception {
    Path prices = Files.writeString(folder.resolve("prices.yaml"), yaml);
    assertThatThrownBy(() -> Settings.read(Map.of("FRAMEWISE_PRICES", prices.toString())))
        .hasMessageMatching("FRAMEWISE_PRICES cannot be used: .*, line 1: [^\n]*\\.")
        .hasMessageNotContainingAny(
            "java.", "framewise.engine", "Token", "Exception", "deserialize");
  }

  @Test
  void emptyValuesCountAsMissing() throws Exception {
    assertThat(Settings.read(Map.of("BACKEND_PORT", " ")).port()).isEqualTo(8000);
  }

  @Test
  void theEnvironmentOverridesTheFileAndQuotesAreAllowed() throws Exception {
    Files.writeString(
        folder.resolve(".env"),
        """
        # a comment
        BACKEND_PORT=9001
        BACKEND_HOST="127.0.0.1"
        OVERSHOOT_API_KEY='a#key'
        FRAMEWISE_DATA="my data"

        FRAMEWISE_LOG_LEVEL=debug # quiet
        """);
    Settings settings = Settings.read(Environment.read(Map.of("BACKEND_PORT", "9002"), folder));
    assertThat(settings.port()).isEqualTo(9002);
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.data()).isEqualTo(Path.of("my data"));
    assertThat(settings.logLevel()).isEqualTo(LogLevel.DEBUG);
    assertThat(settings.providers().getFirst().key()).contains(Secret.of("a#key"));
  }

  @Test
  void anUnreadableFileIsNamedWithoutItsContent() throws Exception {
    Files.writeString(folder.resolve(".env"), "sk-secret without a name\n");
    assertThatThrownBy(() -> Environment.read(Map.of(), folder))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(".env")
        .hasMessageNotContaining("sk-secret");
  }

  @Test
  void secretPrintsAsStars() {
    assertThat(Secret.of("sk-1")).hasToString("***");
  }
}
