package framewise.media.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoUrlTest {
  @Test
  void partsAreParsed() {
    VideoUrl url = VideoUrl.parse(" RTSP://ada:p%40ss%3A@[fd00::1]:8554/cam?channel=1#here ");
    assertThat(url.scheme()).isEqualTo("rtsp");
    assertThat(url.host()).isEqualTo("fd00::1");
    assertThat(url.port()).isEqualTo(8554);
    assertThat(url.target()).isEqualTo("/cam?channel=1");
    assertThat(url.credentials()).hasValue(new Credentials("ada", "p@ss:"));
    assertThat(url.plain()).isEqualTo("rtsp://[fd00::1]:8554/cam?channel=1");
    assertThat(VideoUrl.parse(url.whole())).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://ada:secret@camera/cam, rtsp://***@camera/cam",
    "rtsp://camera/user=admin&password=secret&channel=1, rtsp://camera/user=***&password=***&channel=1",
    "https://host/live.m3u8?token=secret&x=1, https://host/live.m3u8?token=***&x=***",
    "https://host/a?X-Amz-Signature=secret, https://host/a?X-Amz-Signature=***",
    "http://host/a;jsessionid=4711?usr=bob&pa%73sword=s, http://host/a;jsessionid=***?usr=***&pa%73sword=***",
    "http://host:8080/plain?channel=2, http://host:8080/plain?channel=2"
  })
  void shownUrlsContainNoSecret(String given, String shown) {
    VideoUrl url = VideoUrl.parse(given);
    assertThat(url).hasToString(shown);
    assertThat(url.whole()).isEqualTo(given);
  }

  @Test
  void hostsMayStartWithADigit() {
    for (String host :
        new String[] {"0-cam.example", "00.example", "1.0.0.1", "10.0.0.5", "4cam"}) {
      assertThat(VideoUrl.parse("http://" + host + "/").host()).isEqualTo(host);
    }
  }

  @Test
  void loginsAreNotInTheShownUrl() {
    VideoUrl url = VideoUrl.parse("http://a.example:b@127.0.0.1:81/x@y");
    assertThat(url.host()).isEqualTo("127.0.0.1");
    assertThat(url.plain()).isEqualTo("http://127.0.0.1:81/x@y");
    assertThat(String.valueOf(url.credentials())).doesNotContain("a.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "camera",
        "file:///etc/passwd",
        "ftp://host/video.mp4",
        "data:video/mp4;base64,AAAA",
        "concat:http://host/a|http://host/b",
        "subfile,,start,0,end,9,,:http://host/a",
        "crypto+http://host/a",
        "javascript://host/",
        "http://",
        "http:///path",
        "http://host:0/",
        "http://host:65536/",
        "http://host:80:80/",
        "http://ho st/",
        "http://host\\@other/",
        "http://host%2fother/",
        "http://[fe80::1%25eth0]/",
        "http://0177.0.0.1/",
        "http://127.0.0.01/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://localhost../",
        "http://./",
        "http://ho\tst/",
        "http://host/\r\nX: y"
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> VideoUrl.parse(text))
        .isInstanceOf(BadUrlException.class)
        .hasMessageStartingWith("url ");
  }

  @Test
  void refusalsContainNoSecret() {
    assertThatThrownBy(() -> VideoUrl.parse("ftp://ada:secret@host/"))
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> VideoUrl.parse("http://ada:secret@host:99999/"))
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> VideoUrl.parse("http://host/" + "a".repeat(VideoUrl.MAX_LENGTH)))
        .hasMessageContaining("2048");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://admin:p#zz@host/x",
        "rtsp://admin:p/zz@host/x",
        "rtsp://admin:p?zz@host/x",
        "rtsp://admin:77777/zz@host/x",
        "rtsp://admin:77#zz@host/x",
        "rtsp://admin:77?zz@host/x",
        "rtsp://ad#min:zz@host/x",
        "rtsp://admin:p@zz#1@host/x"
      })
  void unescapedPasswordsAreExplainedUnprinted(String text) {
    assertThatThrownBy(() -> VideoUrl.parse(text))
        .isInstanceOf(BadUrlException.class)
        .hasMessageStartingWith("url ")
        .hasMessageContaining("%23")
        .hasMessageContaining("%2F")
        .hasMessageContaining("%3F")
        .hasMessageNotContainingAny("zz", "77", "admin", "min:");
  }

  @Test
  void percentSignsInPasswordsAreKept() {
    assertThat(VideoUrl.parse("rtsp://admin:p%23s%2Fs%3F@host/").credentials())
        .hasValue(new Credentials("admin", "p#s/s?"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost., localhost",
    "127.0.0.1., 127.0.0.1",
    "camera.example.:8554, camera.example",
    "camera。, camera",
    "[fd00::1], fd00::1"
  })
  void aTrailingDotIsTheSameHost(String given, String host) {
    VideoUrl url = VideoUrl.parse("rtsp://" + given + "/");
    assertThat(url.host()).isEqualTo(host);
    assertThat(VideoUrl.parse(url.whole())).isEqualTo(url);
  }

  @ParameterizedTest
  @CsvSource({
    "b.ts, http://host/live/b.ts",
    "/b.ts, http://host/b.ts",
    "//other/b.ts, http://other/b.ts",
    "../a b.ts?x={y}, http://host/a%20b.ts?x=%7By%7D",
    "https://other/é, https://other/%C3%A9"
  })
  void relativeReferencesAreResolved(String place, String whole) {
    assertThat(VideoUrl.parse("http://host/live/index.m3u8").resolve(place).plain())
        .isEqualTo(whole);
  }
}
