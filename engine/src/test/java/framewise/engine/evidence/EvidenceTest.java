package framewise.engine.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import framewise.engine.SessionId;
import framewise.engine.files.FileStore;
import framewise.engine.files.FolderStore;
import framewise.media.MediaTime;
import framewise.media.picture.EncodedPicture;
import framewise.vision.SentRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceTest {
  private static final int SIZE = 10_000;

  @TempDir Path folder;
  private final SessionId session = SessionId.random();

  @Test
  void returnsTheExactBytes() {
    EncodedPicture picture = picture(1);
    try (var evidence = new Evidence(files(), 1 << 20)) {
      evidence.keep(
          session,
          3,
          new SentRequest(
              "openai", List.of(picture), List.of("{\"model\":\"m\"}", "{\"model\":\"n\"}")));
      await().until(() -> evidence.find(session, 3).isPresent());
    }
    try (var later = new Evidence(files(), 1 << 20)) {
      EvidenceFile file = later.find(session, 3).orElseThrow();
      assertThat(file.backend()).isEqualTo("openai");
      assertThat(file.requests())
          .extracting(request -> request.get("model").asText())
          .containsExactly("m", "n");
      assertThat(file.pictures()).hasSize(1);
      assertThat(file.pictures().getFirst().jpeg()).isEqualTo(picture.jpeg());
      assertThat(file.pictures().getFirst().time()).isEqualTo(picture.time());
      assertThat(file.pictures().getFirst().sha256()).isEqualTo(picture.sha256());
      assertThat(later.find(session, 4)).isEmpty();
    }
  }

  @Test
  void deletesTheOldestAtTheQuota() {
    try (var evidence = new Evidence(files(), 5 * SIZE)) {
      for (int seq = 1; seq <= 8; seq++) {
        int number = seq;
        evidence.keep(session, seq, new SentRequest("it", List.of(picture(seq)), List.of("{}")));
        await().until(() -> evidence.find(session, number).isPresent());
      }
      assertThat(evidence.bytes()).isBetween(3L * SIZE, 5L * SIZE);
      assertThat(evidence.find(session, 1)).isEmpty();
      assertThat(evidence.find(session, 8)).isPresent();
    }
  }

  @Test
  void isDeletedWithItsSession() {
    try (var evidence = new Evidence(files(), 1 << 20)) {
      SessionId other = SessionId.random();
      evidence.keep(session, 1, new SentRequest("it", List.of(picture(1)), List.of("{}")));
      evidence.keep(other, 1, new SentRequest("it", List.of(picture(2)), List.of("{}")));
      await().until(() -> evidence.find(other, 1).isPresent());
      evidence.delete(session);
      assertThat(evidence.find(session, 1)).isEmpty();
      assertThat(Files.exists(folder.resolve("evidence").resolve(session.toString()))).isFalse();
      assertThat(evidence.find(other, 1)).isPresent();
    }
  }

  @Test
  void keepsNothingWithAQuotaOfZero() throws Exception {
    try (var evidence = new Evidence(files(), 0)) {
      evidence.keep(session, 1, new SentRequest("it", List.of(picture(1)), List.of("{}")));
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private FileStore files() {
    return new FolderStore(folder, false);
  }

  private static EncodedPicture picture(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return new EncodedPicture(MediaTime.ofSeconds(seed), 640, 360, bytes);
  }
}
