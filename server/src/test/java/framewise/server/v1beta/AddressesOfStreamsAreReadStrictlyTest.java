package framewise.server.v1beta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import framewise.engine.keep.Footage.Direction;
import framewise.server.http.ProblemException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesOfStreamsAreReadStrictlyTest {
  @Test
  void picturesByIndexTimeOrDistance() {
    assertThat(StreamAddress.ofPicture("ovs://streams/a?frame_index=-1"))
        .isEqualTo(
            new StreamAddress(
                "a",
                new StreamAddress.Referent.Picture(
                    new StreamMoment.FrameIndex(-1), OptionalLong.empty(), Direction.NEAREST)));
    assertThat(
            StreamAddress.ofPicture(
                    "ovs://streams/a?timestamp_ms=5&tolerance_ms=7&direction=backward")
                .what())
        .isEqualTo(
            new StreamAddress.Referent.Picture(
                new StreamMoment.Timestamp(5), OptionalLong.of(7), Direction.BACKWARD));
  }

  @Test
  void rangesHaveAStartAndAnOptionalEnd() {
    assertThat(
            StreamAddress.ofVideo(
                    "ovs://streams/a?start_offset_ms=-5000&end_frame_index=-1&max_fps=2.5")
                .what())
        .isEqualTo(
            new StreamAddress.Referent.Segment(
                new StreamMoment.Offset(-5_000),
                Optional.of(new StreamMoment.FrameIndex(-1)),
                OptionalDouble.of(2.5)));
    assertThat(StreamAddress.ofVideo("ovs://streams/a?start_offset_ms=0").what())
        .isEqualTo(
            new StreamAddress.Referent.Segment(
                new StreamMoment.Offset(0), Optional.empty(), OptionalDouble.empty()));
  }

  /** Seen: the error for 1000000 and 0.0000000001 was "max_fps must be a number above 0". */
  @ParameterizedTest
  @CsvSource({"1000000", "0.0000000001", "30", "0.5"})
  void ratesAreDecimalsAboveZero(String fps) {
    assertThat(StreamAddress.ofVideo("ovs://streams/a?start_offset_ms=0&max_fps=" + fps).what())
        .isEqualTo(
            new StreamAddress.Referent.Segment(
                new StreamMoment.Offset(0),
                Optional.empty(),
                OptionalDouble.of(Double.parseDouble(fps))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ovs://stream/a?frame_index=1",
        "ovs://streams/?frame_index=1",
        "ovs:/streams/a",
        "ovs://streams/a/b?frame_index=1",
        "ovs://streams/a#x",
        "ovs:streams",
        "ovs://u@streams/a",
        "ovs://streams:80/a?frame_index=1",
        "OVS://streams/a?frame_index=1"
      })
  void wrongHostsAndPathsAreRefused(String url) {
    assertCode("stream_url_invalid", () -> StreamAddress.ofPicture(url));
    assertCode("stream_url_invalid", () -> StreamAddress.ofVideo(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "frame_index=",
        "frame_index=x",
        "frame_index=1.5",
        "frame_index=99999999999999999",
        "frame_index=1&frame_index=2",
        "frame_index=1&timestamp_ms=2",
        "timestamp_ms=-1",
        "tolerance_ms=100",
        "frame_index=1&tolerance_ms=0",
        "frame_index=1&tolerance_ms=-5",
        "frame_index=1&tolerance_ms=x",
        "frame_index=1&direction=up",
        "frame_index=1&max_fps=2",
        "start_frame_index=1",
        "frame_index=1&x=1",
        "timestamp_ms=",
        "timestamp_ms=1.5",
        "timestamp_ms=1&timestamp_ms=1",
        "offset_ms=",
        "offset_ms=soon",
        "offset_ms=--1",
        "offset_ms=+1",
        "offset_ms=1&tolerance_ms=1&tolerance_ms=2",
        "offset_ms=1&direction=NEAREST",
        "offset_ms=1&direction=forward&direction=forward",
        "frame_index",
        "Frame_Index=1",
        "offset_ms=%zz",
        "frame_index=1&direction="
      })
  void invalidPictureParametersAreNamed(String query) {
    assertCode("query_param_invalid", () -> StreamAddress.ofPicture("ovs://streams/a?" + query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "end_offset_ms=1",
        "start_offset_ms=",
        "start_timestamp_ms=-1",
        "start_offset_ms=1&start_frame_index=1",
        "start_offset_ms=1&end_offset_ms=2&end_frame_index=3",
        "start_frame_index=",
        "start_frame_index=1.5",
        "start_timestamp_ms=x",
        "start_offset_ms=x",
        "start_offset_ms=1&start_offset_ms=1",
        "start_offset_ms=1&end_frame_index=",
        "start_offset_ms=1&end_frame_index=x",
        "start_offset_ms=1&end_timestamp_ms=-1",
        "start_offset_ms=1&end_timestamp_ms=1.5",
        "start_offset_ms=1&end_offset_ms=now",
        "start_offset_ms=1&end_offset_ms=2&end_offset_ms=3",
        "start_offset_ms=1&max_fps=2&max_fps=2",
        "start_offset_ms=1&max_fps=1/2",
        "start_offset_ms=1&max_fps=Infinity",
        "start_offset_ms=1&max_fps=0",
        "start_offset_ms=1&max_fps=-1",
        "start_offset_ms=1&max_fps=x",
        "start_offset_ms=1&max_fps=",
        "start_offset_ms=1&max_fps=1e3",
        "start_offset_ms=1&max_fps=NaN",
        "start_offset_ms=1&tolerance_ms=5",
        "frame_index=1",
        "start_offset_ms=1&direction=forward"
      })
  void invalidRangeParametersAreNamed(String query) {
    assertCode("query_param_invalid", () -> StreamAddress.ofVideo("ovs://streams/a?" + query));
  }

  @ParameterizedTest
  @CsvSource({
    "start_frame_index=5&end_frame_index=5",
    "start_frame_index=-1&end_frame_index=-2",
    "start_timestamp_ms=9&end_timestamp_ms=3",
    "start_offset_ms=-1000&end_offset_ms=-1000"
  })
  void rangesMustEndAfterTheirStart(String query) {
    assertCode("segment_invalid", () -> StreamAddress.ofVideo("ovs://streams/a?" + query));
  }

  private static void assertCode(String code, Runnable read) {
    assertThatThrownBy(read::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().code()).isEqualTo(code);
              assertThat(e.problem().status()).isEqualTo(400);
            });
  }
}
