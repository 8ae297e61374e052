package framewise.vision.builtin.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OnlyTheExpectedModelIsLoadedTest {
  private static final String NANODET = "/models/nanodet-coco80-416.onnx";

  @Test
  void anotherFileIsRefusedEachTime() {
    NeuralNetwork network = new NeuralNetwork(NANODET, "00");
    assertThat(network.failure()).isEmpty();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(network::load)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("is not the file expected");
    }
    assertThat(network.failure()).hasValueSatisfying(why -> assertThat(why).contains(NANODET));
    assertThat(network.loads()).isZero();
  }

  @Test
  void aMissingFileIsReported() {
    NeuralNetwork network = new NeuralNetwork("/models/none.onnx", "00");
    assertThatThrownBy(network::load).hasMessage("/models/none.onnx is missing from this build");
  }
}
