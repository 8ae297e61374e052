package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.media.MediaTime;
import framewise.media.picture.Clip;
import framewise.media.picture.Frame;
import framewise.media.picture.FramePool;
import framewise.vision.Answer;
import framewise.vision.AnswerException;
import framewise.vision.AskListener;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.chat.stub.ServiceStub;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/**
 * Provides a service on a socket, and clips to ask about. Checks after each test that no frame
 * leaks and no invalid request was sent.
 */
abstract class ClipTest {
  static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},\"required\":[\"n\"],\"additionalProperties\":false}";

  final ServiceStub stub = new ServiceStub();

  @AfterEach
  void close() {
    stub.close();
    assertThat(FramePool.inUse()).isZero();
  }

  static Question counted() throws Exception {
    return Question.of("How many?").withSystem("You watch a street.").withOutputSchema(schema());
  }

  static JsonNode schema() throws Exception {
    return WireForm.JSON.readTree(SCHEMA);
  }

  /** Asks, and checks each request against the service's wire format. */
  Answer ask(Services service, Question question, int frames, AskListener listener)
      throws AnswerException, InterruptedException {
    stub.expects(service.form());
    return ask(service.backend(stub), question, frames, listener);
  }

  static Answer ask(ClipBackend backend, Question question, int frames, AskListener listener)
      throws AnswerException, InterruptedException {
    try (Clip clip = clip(frames)) {
      return backend.ask(clip, question, listener);
    }
  }

  static Clip clip(int frames) {
    return new Clip(
        0,
        MediaTime.ZERO,
        MediaTime.ofSeconds(frames),
        IntStream.range(0, frames).mapToObj(ClipTest::frame).toList());
  }

  private static Frame frame(int second) {
    var picture = new BufferedImage(64, 48, BufferedImage.TYPE_3BYTE_BGR);
    picture.setRGB(second, 0, 0xff0000);
    return Frame.of(picture, MediaTime.ofSeconds(second));
  }
}
