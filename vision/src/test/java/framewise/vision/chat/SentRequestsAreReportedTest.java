package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.media.picture.Clip;
import framewise.media.picture.EncodedPicture;
import framewise.media.picture.FrameSize;
import framewise.vision.Answer;
import framewise.vision.ClipBackend;
import framewise.vision.Question;
import framewise.vision.SentRequest;
import framewise.vision.Usage;
import framewise.vision.chat.stub.RecordingAskListener;
import framewise.vision.chat.stub.Services;
import framewise.vision.chat.stub.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SentRequestsAreReportedTest extends ClipTest {
  @ParameterizedTest
  @EnumSource
  void theExactBodyWithHashesForPictures(Services service) throws Exception {
    stub.says(200, service.form().answer("Yes.", "stop"));
    var heard = new RecordingAskListener(false);
    ask(service, Question.of("Is " + Services.KEY + " a key?"), 2, heard);

    SentRequest sent = heard.sent.getFirst();
    JsonNode request = WireForm.JSON.readTree(sent.requests().getFirst());
    List<EncodedPicture> pictures = sent.pictures();
    assertThat(pictures).extracting(EncodedPicture::width).containsExactly(64, 64);
    assertThat(pictures.getFirst().sha256()).isNotEqualTo(pictures.getLast().sha256());
    String body = stub.got().getFirst().body().toString();
    for (EncodedPicture picture : pictures) {
      String base64 = java.util.Base64.getEncoder().encodeToString(picture.jpeg());
      assertThat(body).contains(base64);
      body = body.replace(base64, "sha256:" + picture.sha256());
    }
    assertThat(sent.backend()).isEqualTo(service.backend(stub).name());
    assertThat(request).isEqualTo(WireForm.JSON.readTree(body.replace(Services.KEY, "***")));
    assertThat(sent.requests().getFirst()).doesNotContain(Services.KEY).contains("Is *** a key?");
  }

  @ParameterizedTest
  @EnumSource
  void repairRequestsToo(Services service) throws Exception {
    stub.says(200, service.form().answer("three", "stop"));
    stub.says(200, service.form().answer("{\"n\":3}", "stop"));
    var heard = new RecordingAskListener(false);
    ask(service, counted(), 1, heard);
    assertThat(heard.sent).hasSize(2);
    List<String> requests = heard.sent.getLast().requests();
    assertThat(requests).hasSize(2);
    assertThat(requests.getFirst()).isEqualTo(heard.sent.getFirst().requests().getFirst());
    String picture = "sha256:" + heard.sent.getLast().pictures().getFirst().sha256();
    assertThat(requests).allMatch(request -> request.contains(picture));
    assertThat(requests.getLast()).contains("That does not fit the JSON Schema");
  }

  @ParameterizedTest
  @EnumSource
  void concurrentQuestionsAreSeparate(Services service) throws Exception {
    int many = 8;
    for (int i = 0; i < many; i++) {
      stub.says(200, service.form().answer("Yes.", "stop"));
    }
    ClipBackend backend = service.backend(stub);
    List<RecordingAskListener> all =
        IntStream.range(0, many).mapToObj(i -> new RecordingAskListener(false)).toList();
    List<Future<Answer>> answers = new ArrayList<>();
    try (var asking = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < many; i++) {
        Question question = Question.of("Question " + i + "?");
        RecordingAskListener heard = all.get(i);
        answers.add(asking.submit(() -> ask(backend, question, 1, heard)));
      }
    }
    for (int i = 0; i < many; i++) {
      assertThat(answers.get(i).get().usage()).contains(new Usage(10, 5));
      assertThat(all.get(i).sent).hasSize(1);
      assertThat(all.get(i).sent.getFirst().requests().getFirst()).contains("Question " + i + "?");
    }
  }

  @Test
  void picturesHaveTheConfiguredSizeAndMoreForText() {
    var small = new PictureEncoding(new FrameSize(16), new FrameSize(32), 10);
    var large = new PictureEncoding(new FrameSize(48), new FrameSize(32), 90);
    try (Clip clip = clip(1)) {
      Question see = Question.of("What is it?");
      Question read = Question.of("Read the sign");
      assertThat(small.of(clip, see).getFirst().width()).isEqualTo(16);
      assertThat(small.of(clip, read).getFirst().width()).isEqualTo(32);
      assertThat(large.of(clip, read).getFirst().width()).isEqualTo(48);
      assertThat(small.of(clip, see).getFirst().jpeg())
          .hasSizeLessThan(large.of(clip, see).getFirst().jpeg().length);
    }
  }
}
