package framewise.media.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownUrlTest {
  @ParameterizedTest
  @CsvSource({
    "/cam/realmonitor?channel=1&subtype=0, /cam/realmonitor?channel=1&subtype=0",
    "/axis-media/media.amp?resolution=640x480&FPS=5, /axis-media/media.amp?resolution=640x480&FPS=5",
    "/live?port=1935&app=live&stream=cam_1, /live?port=1935&app=live&stream=cam_1",
    "/a?usr=bob&pwd=x, /a?usr=***&pwd=***",
    "/a?pa%73sword=s, /a?pa%73sword=***",
    "/a?ch%61nnel=2, /a?ch%61nnel=2",
    "/a?loginuse=u&loginpas=w&p=s&u=admin, /a?loginuse=***&loginpas=***&p=***&u=***",
    "/a?ticket=4711&hdnts=exp=1~acl=/*~hmac=ab&Policy=ey, /a?ticket=***&hdnts=***&Policy=***",
    "/a?4711secret, /a?***",
    "/a?channel=1?token=s, /a?channel=***",
    "/a?p=one&4711&channel=3, /a?p=***&***&channel=3",
    "/a?channel=1;p=s, /a?channel=1;p=***",
    "/a;jsessionid=4711/b.m3u8, /a;jsessionid=***/b.m3u8",
    "/a;4711/b, /a;***/b",
    "/a%3Btoken%3D4711/b, /***/b",
    "/user=admin&password=s&channel=1&stream=0.sdp?real_stream, /user=***&password=***&channel=1&stream=0.sdp?real_stream",
    "/user=admin_password=s_channel=1, /user=***",
    "/hdnts=exp=1~acl=/*~hmac=ab/i.m3u8, /hdnts=***/***/i.m3u8",
    "/rtsp://admin:pw@cam/x, /rtsp://***@cam/x",
    "/rtsp%3A%2F%2Fadmin%3Apw%40cam%2Fx, /***",
    "/Streaming/Channels/101, /Streaming/Channels/101",
    "/x@y, /x@y"
  })
  void onlyHarmlessParametersAreShown(String target, String shown) {
    assertThat(MaskedUrl.target(target)).isEqualTo(shown);
    assertThat(MaskedUrl.target(shown)).as("masked again").isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({
    "cam rtsp://admin:pw@host/a?p=s&channel=1 (old), cam rtsp://***@host/a?p=***&channel=1 (old)",
    "rtsp://admin:pw@host, rtsp://***@host",
    "rtsp://admin:p@w@host:554/x, rtsp://***@host:554/x",
    "rtsp://admin:p#w@host/x, rtsp://***@host/x",
    "rtsp://admin:p/w?1@host/x, rtsp://***@host/x",
    "rtsp://[fd00::1]:554/x@y, rtsp://[fd00::1]:554/x@y",
    "rtmp://u:pw@host/x and srt://host?streamid=s, rtmp://***@host/x and srt://host?streamid=***",
    "http://host/a#access_token=s, http://host/a",
    "Gate admin:pw@192.168.1.20, Gate ***@192.168.1.20",
    "http://127.0.0.1:81/x@y, http://127.0.0.1:81/x@y"
  })
  void secretsInNamesAreMasked(String name, String shown) {
    assertThat(MaskedUrl.inText(name)).isEqualTo(shown);
    assertThat(MaskedUrl.inText(shown)).as("masked again").isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Gate", "Yard: left & right", "ada@example.org", "Hall; 12:30", "50% $1 \\ ?x=y"})
  void otherNamesAreUnchanged(String name) {
    assertThat(MaskedUrl.inText(name)).isEqualTo(name);
  }

  @Test
  void longTextsAreFast() {
    String text = "a:".repeat(20_000);
    assertThat(MaskedUrl.inText(text)).isEqualTo(text);
  }

  /**
   * Seen: the time grew with the square of the length, and two such names brought the service to a
   * halt.
   */
  @Test
  @Timeout(60)
  void longWordsTakeLinearTime() {
    for (String letter : new String[] {"a", "a:", "a.", "://", "a@", ":@"}) {
      String text = letter.repeat(60_000 / letter.length());
      assertThat(MaskedUrl.inText(text)).isNotEmpty();
    }
  }
}
