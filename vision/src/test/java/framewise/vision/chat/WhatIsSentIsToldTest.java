package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import framewise.media.Clip;
import framewise.media.EncodedPicture;
import framewise.media.FrameSize;
import framewise.vision.Question;
import framewise.vision.SentRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class WhatIsSentIsToldTest extends ClipTest {
  @ParameterizedTest
  @EnumSource
  void theVeryBodyWithHashesInThePlaceOfPictures(Services service) throws Exception {
    stub.says(200, service.form().answer("Yes.", "stop"));
    var heard = new Heard(false);
    ask(service, Question.of("Is " + Services.KEY + " a key?"), 2, heard);

    SentRequest sent = heard.sent.getFirst();
    JsonNode told = WireForm.JSON.readTree(sent.request());
    List<EncodedPicture> pictures = sent.pictures();
    assertThat(pictures).extracting(EncodedPicture::width).containsExactly(64, 64);
    assertThat(pictures.getFirst().sha256()).isNotEqualTo(pictures.getLast().sha256());
    String body = stub.got().getFirst().body().toString();
    for (EncodedPicture picture : pictures) {
      String base64 = java.util.Base64.getEncoder().encodeToString(picture.jpeg());
      assertThat(body).contains(base64);
      body = body.replace(base64, "sha256:" + picture.sha256());
    }
    assertThat(told).isEqualTo(WireForm.JSON.readTree(body.replace(Services.KEY, "***")));
    assertThat(sent.request()).doesNotContain(Services.KEY).contains("Is *** a key?");
  }

  @Test
  void picturesAreAsLargeAsTheyAreSetAndLargerWhereTheyAreRead() {
    var small = new PictureForm(new FrameSize(16), new FrameSize(32), 10);
    var large = new PictureForm(new FrameSize(48), new FrameSize(32), 90);
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
