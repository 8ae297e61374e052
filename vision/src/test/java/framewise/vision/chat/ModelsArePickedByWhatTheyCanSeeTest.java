package framewise.vision.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsArePickedByWhatTheyCanSeeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "qwen2.5vl:7b",
        "Qwen/Qwen3-VL-30B-A3B-Instruct",
        "llava:13b",
        "llama3.2-vision",
        "gemma3:4b",
        "google/gemma-4-26B-A4B-it",
        "minicpm-v",
        "pixtral-12b",
        "moondream",
        "HuggingFaceTB/SmolVLM-Instruct",
        "OpenGVLab/InternVL3-8B",
        "microsoft/Phi-4-multimodal-instruct",
        "Qwen/Qwen3.6-27B-FP8"
      })
  void visionModelsBeforeTextModels(String sees) {
    assertThat(VisionModels.pick(List.of("llama3.1:8b", "mistral:7b", sees))).contains(sees);
  }

  @Test
  void otherwiseTheFirstThatAnswers() {
    assertThat(VisionModels.pick(List.of("nomic-embed-text", "llama3.1:8b", "mistral:7b")))
        .contains("llama3.1:8b");
    assertThat(VisionModels.pick(List.of("nomic-embed-vision", "whisper-1"))).isEmpty();
    assertThat(VisionModels.pick(List.of())).isEmpty();
  }
}
