package framewise.engine.backend.overshoot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import framewise.media.Sampling;
import framewise.overshoot.v02.OvershootV02;
import framewise.overshoot.wire.ClipProcessing;
import framewise.overshoot.wire.CreateStreamRequest;
import framewise.overshoot.wire.Inference;
import framewise.vision.OpenStream;
import framewise.vision.Question;
import framewise.vision.Readiness;
import framewise.vision.StreamBackend;
import framewise.vision.StreamListener;
import framewise.vision.StreamRefusedException;
import framewise.webrtc.Peers;
import java.util.List;

/**
 * Back end for models that Overshoot.ai runs or relays to.
 *
 * @param models the default first
 */
record OvershootStreamBackend(String name, List<String> models, OvershootV02 client, Peers peers)
    implements StreamBackend {
  /**
   * Lowest rate that Overshoot's schema allows. Pictures are still sent at the session's own rate,
   * even if that is lower.
   */
  private static final double MIN_FPS = 1;

  OvershootStreamBackend {
    models = List.copyOf(models);
  }

  @Override
  public Readiness readiness() {
    return new Readiness(Peers.readiness().reason());
  }

  @Override
  public List<String> capabilities() {
    return List.of("describe", "read", "count", "output_schema");
  }

  @Override
  public OpenStream open(Question question, Sampling sampling, StreamListener listener)
      throws StreamRefusedException, InterruptedException {
    var stream = new PublishedStream(listener);
    stream.open(client, peers, offer -> request(offer, question, sampling));
    return stream;
  }

  private CreateStreamRequest request(String offer, Question question, Sampling sampling) {
    String model = question.model().orElseGet(() -> models.stream().findFirst().orElse(""));
    Inference inference = Inference.of(question.prompt(), model).withBackend(name);
    if (question.outputSchema().orElse(null) instanceof ObjectNode schema) {
      inference = inference.withOutputSchema(schema);
    }
    if (question.maxOutputTokens().isPresent()) {
      inference = inference.withMaxOutputTokens(question.maxOutputTokens().getAsInt());
    }
    return CreateStreamRequest.ofOffer(
        offer,
        ClipProcessing.ofRatio(
            Math.max(MIN_FPS, sampling.fps()),
            sampling.samplingRatio(),
            sampling.clipLengthSeconds(),
            sampling.delaySeconds()),
        inference);
  }
}
