package framewise.vision.builtin.model;

import ai.onnxruntime.OrtEnvironment;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The environment of ONNX Runtime, behind its gate. The Java API frees the environment in a
 * shutdown hook, while other hooks run and answers are still being computed. The environment counts
 * its owners ({@code OrtApi::CreateEnv} adds one, {@code ReleaseEnv} removes one), so an extra
 * owner that never releases it keeps it to the end.
 */
final class NativeRuntime {
  private static final Logger log = LoggerFactory.getLogger(NativeRuntime.class);

  /** {@code ORT_LOGGING_LEVEL_WARNING}, the level of the first owner. */
  private static final int WARNING = 2;

  private final OrtEnvironment environment;
  private final InferenceGate gate;

  /** An operation within the environment. */
  interface Call<T, E extends Exception> {
    T in(OrtEnvironment environment) throws E, ModelException;
  }

  private static final class Holder {
    static final NativeRuntime RUNTIME = new NativeRuntime();
  }

  private NativeRuntime() {
    try {
      gate = InferenceGate.untilExit();
    } catch (ModelException ending) {
      throw new IllegalStateException(ending);
    }
    environment = OrtEnvironment.getEnvironment();
    keep();
  }

  /** Makes a call that delays the exit of the process. The first call loads the library. */
  static <T, E extends Exception> T call(Call<T, E> call) throws E, ModelException {
    NativeRuntime runtime = Holder.RUNTIME;
    runtime.gate.enter();
    try {
      return call.in(runtime.environment);
    } finally {
      runtime.gate.leave();
    }
  }

  /** Adds an owner. Java has no public way to do so: {@code OrtEnvironment} is a singleton. */
  private static void keep() {
    try {
      Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
      api.setAccessible(true);
      Method create =
          OrtEnvironment.class.getDeclaredMethod(
              "createHandle", long.class, int.class, String.class);
      create.setAccessible(true);
      Object second = create.invoke(null, api.getLong(null), WARNING, "framewise");
      log.debug("ONNX Runtime is kept until the process ends ({})", second != null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      log.warn("ONNX Runtime cannot be kept until the process ends: {}", e.toString());
    }
  }
}
