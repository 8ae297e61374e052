package framewise.e2e.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import framewise.e2e.Browser;
import framewise.e2e.JarService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page without an SDK publishes a canvas over WHIP, in one size or several (simulcast). */
class BrowsersPublishOverWhipInFullSizeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Draws the words, publishes them in these simulcast layers, and returns the response's status
   * and body.
   */
  private static final String PUBLISH =
      """
      async ([url, names, words]) => {
        const canvas = document.createElement('canvas');
        canvas.width = 1280; canvas.height = 720;
        const pen = canvas.getContext('2d');
        const draw = () => {
          pen.fillStyle = '#203050'; pen.fillRect(0, 0, 1280, 720);
          pen.fillStyle = 'white'; pen.font = 'bold 144px sans-serif'; pen.textAlign = 'center';
          pen.fillText(words, 640, 400);
        };
        draw();
        window.drawing = setInterval(draw, 100);
        const peer = window.peer = new RTCPeerConnection();
        const [track] = canvas.captureStream(10).getVideoTracks();
        const smaller = { q: 4, h: 2, f: 1, low: 4, high: 1 };
        const sendEncodings = names.map((rid) => ({ rid, scaleResolutionDownBy: smaller[rid] }));
        peer.addTransceiver(track, { direction: 'sendonly', ...(names.length ? { sendEncodings } : {}) });
        await peer.setLocalDescription(await peer.createOffer());
        await new Promise((done) => {
          if (peer.iceGatheringState === 'complete') done();
          peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && done();
        });
        const response = await fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/sdp' }, body: peer.localDescription.sdp });
        const answer = await response.text();
        if (response.status === 201) await peer.setRemoteDescription({ type: 'answer', sdp: answer });
        return response.status + ' ' + answer;
      }
      """;

  @RegisterExtension static final JarService service = JarService.with(Map.of());
  @RegisterExtension static final Browser browser = new Browser();

  /** Seen: a browser that lists its smallest layer first sent 320x180. */
  @ParameterizedTest
  @ValueSource(strings = {"q,h,f", "f,h,q", ""})
  void theLargestLayerArrives(String layers) {
    var stream = V1betaStream.forWhip(service);
    Page page = browser.visit(service.address() + "/console/");
    List<String> names = layers.isEmpty() ? List.of() : List.of(layers.split(","));
    Object answer = page.evaluate(PUBLISH, List.of(stream.url(), names, "EXIT 42"));
    assertThat(answer.toString()).startsWith("201");
    stream.awaitText("EXIT 42");
    await("the full size").atMost(PATIENCE).until(() -> stream.size().equals("1280x720"));
    stream.delete();
  }
}
