package framewise.overshoot.wire;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SamplingRulesHoldEverywhereTest {

  @Property
  void theOlderFieldsHaveNoMinimumOfThreeFrames(
      @ForAll @DoubleRange(min = 1, max = 120) double fps,
      @ForAll @DoubleRange(min = 0.1, max = 1) double ratio,
      @ForAll @DoubleRange(min = 0.1, max = 60) double length,
      @ForAll @DoubleRange(min = 0, minIncluded = false, max = 60) double delay) {
    assertThat(ClipProcessing.ofRatio(fps, ratio, length, delay).problems()).isEmpty();
  }

  @Property
  void aTargetNeedsThreeFramesInAClip(
      @ForAll @IntRange(min = 1, max = 30) int target,
      @ForAll @IntRange(min = 1, max = 600) int tenths) {
    boolean enough = target * tenths >= 30;
    assertThat(ClipProcessing.ofTarget(target, tenths / 10.0, 1).problems().isEmpty())
        .isEqualTo(enough);
  }

  @Property
  void tokensAreLimitedByTheInterval(
      @ForAll @IntRange(min = 1, max = 600) int tenths,
      @ForAll @IntRange(min = 1, max = 8000) int tokens) {
    double interval = tenths / 10.0;
    boolean allowed = tokens * 10 <= 128 * tenths;
    Inference ask = Inference.of("p", "m").withMaxOutputTokens(tokens);
    for (Processing processing :
        new Processing[] {
          ClipProcessing.ofRatio(30, 1, 1, interval), new FrameProcessing(interval)
        }) {
      assertThat(CreateStreamRequest.ofOffer("v=0", processing, ask).problems().isEmpty())
          .isEqualTo(allowed);
    }
  }

  @Test
  void defaultTokensMatchTheProvidersExamples() {
    assertThat(new FrameProcessing(0.2).maxOutputTokens()).isEqualTo(25);
    assertThat(new FrameProcessing(0.5).maxOutputTokens()).isEqualTo(64);
    assertThat(new FrameProcessing(1).maxOutputTokens()).isEqualTo(128);
    assertThat(new FrameProcessing(2).maxOutputTokens()).isEqualTo(256);
    assertThat(new FrameProcessing(5).maxOutputTokens()).isEqualTo(640);
  }

  @Test
  void theOriginalExampleIsValid() {
    assertThat(ClipProcessing.ofRatio(1, 0.1, 0.1, 1).problems()).isEmpty();
  }

  @Test
  void nanAndInfinityAreRefused() {
    assertThat(ClipProcessing.ofRatio(Double.NaN, 0.5, 1, 1).problems()).hasSize(1);
    assertThat(new FrameProcessing(Double.POSITIVE_INFINITY).problems()).hasSize(1);
    assertThat(ClipProcessing.ofRatio(30, 0.5, 1, -1).problems()).hasSize(1);
  }
}
