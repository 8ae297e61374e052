package framewise.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class SamplingPropertiesTest {
  @Property
  void framesAscendWithinTheirClip(
      @ForAll("samplings") Sampling sampling, @ForAll @IntRange(max = 100_000) int clip) {
    List<MediaTime> times = sampling.frameTimes(clip);

    assertThat(times).hasSize(sampling.framesPerClip()).isSorted().doesNotHaveDuplicates();
    assertThat(times.getFirst()).isEqualTo(sampling.start(clip));
    assertThat(times.getLast()).isLessThan(sampling.end(clip));
  }

  @Property
  void clipsHaveTheFramesOfTheirRate(@ForAll("samplings") Sampling sampling) {
    double asked = sampling.fps() * sampling.samplingRatio() * sampling.clipLengthSeconds();

    assertThat(sampling.framesPerClip())
        .isBetween(1, Sampling.MAX_FRAMES_PER_CLIP)
        .isEqualTo(Math.clamp(Math.round(asked), 1, Sampling.MAX_FRAMES_PER_CLIP));
  }

  @Property
  void clipsAreOneDelayApart(
      @ForAll("samplings") Sampling sampling, @ForAll @IntRange(max = 100_000) int clip) {
    MediaTime step = sampling.start(clip + 1L).minus(sampling.start(clip));

    assertThat(step.seconds())
        .isBetween(sampling.delaySeconds() - 2e-6, sampling.delaySeconds() + 2e-6);
  }

  @Property
  void valuesOutOfRangeAreNamed(@ForAll @DoubleRange(min = 120.1, max = 1e9) double fps) {
    assertThatThrownBy(() -> new Sampling(fps, 0.5, 1, 1))
        .isInstanceOf(OutOfRangeException.class)
        .hasMessage("fps is " + fps + " but must be above 0 and at most 120");
  }

  @Property
  void timesAddUp(@ForAll @IntRange int a, @ForAll @IntRange int b) {
    MediaTime sum = new MediaTime(a).plus(new MediaTime(b));

    assertThat(sum.minus(new MediaTime(b))).isEqualTo(new MediaTime(a));
    assertThat(sum.isAfter(new MediaTime(a))).isEqualTo(b > 0);
    assertThat(sum.isBefore(new MediaTime(a))).isEqualTo(b < 0);
  }

  @Property
  void secondsRoundTrip(@ForAll @IntRange int micros) {
    MediaTime time = new MediaTime(micros);

    assertThat(MediaTime.ofSeconds(time.seconds())).isEqualTo(time);
    assertThat(MediaTime.of(time.toDuration())).isEqualTo(time);
  }

  @Property
  void timesHaveTheFormatOfWebVtt(@ForAll @IntRange(max = 2_000_000_000) int micros) {
    assertThat(new MediaTime(micros).toString()).matches("\\d{2}:[0-5]\\d:[0-5]\\d\\.\\d{3}");
  }

  @Example
  void timesOfManyHours() {
    assertThat(MediaTime.ofSeconds(360_062.3456).toString()).isEqualTo("100:01:02.345");
    assertThat(MediaTime.ofSeconds(-1.5).toString()).isEqualTo("-00:00:01.500");
  }

  @Provide
  Arbitrary<Sampling> samplings() {
    return Combinators.combine(
            Arbitraries.doubles().between(0.001, Sampling.MAX_FPS).ofScale(3),
            Arbitraries.doubles().between(0.001, 1).ofScale(3),
            Arbitraries.doubles()
                .between(Sampling.MIN_CLIP_LENGTH_SECONDS, Sampling.MAX_CLIP_LENGTH_SECONDS)
                .ofScale(2),
            Arbitraries.doubles()
                .between(Sampling.MIN_DELAY_SECONDS, Sampling.MAX_DELAY_SECONDS)
                .ofScale(2))
        .as(Sampling::new);
  }
}
