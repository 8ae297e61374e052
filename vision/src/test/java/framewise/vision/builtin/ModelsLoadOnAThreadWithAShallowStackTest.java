package framewise.vision.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Seen: the process crashed with signal 11 when the first upload loaded the models. */
class ModelsLoadOnAThreadWithAShallowStackTest {
  private static final long SHALLOW = 256 << 10;

  @Test
  void theProcessSurvives() throws Exception {
    var backend = new BuiltinBackend();
    var loading =
        new FutureTask<>(
            () -> {
              backend.warmUp();
              return backend.readiness();
            });

    Thread.ofPlatform().stackSize(SHALLOW).start(loading);

    assertThat(loading.get(60, TimeUnit.SECONDS).ready()).isTrue();
  }
}
