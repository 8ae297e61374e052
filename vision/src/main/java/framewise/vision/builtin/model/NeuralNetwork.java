package framewise.vision.builtin.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import framewise.time.Stopwatch;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A network, loaded on first use and kept for the life of the process. Thread-safe; the process
 * exits only after the last run ({@link InferenceGate}). Touches nothing of ONNX Runtime before
 * {@link #load}.
 */
public final class NeuralNetwork {
  /**
   * Stack size of the loading thread, in bytes. ONNX Runtime walks the graph recursively; on a
   * thread with the usual 1 MB, the process ended with a segmentation fault and no message.
   */
  private static final long LOADING_STACK = 16L << 20;

  private static final Logger log = LoggerFactory.getLogger(NeuralNetwork.class);

  private final String resource;
  private final String sha256;
  private @Nullable OrtSession session;
  private volatile @Nullable ModelException failure;
  private int loads;

  /**
   * @param resource absolute path on the class path
   * @param sha256 hash of the file in lower-case hex; any other file is refused
   */
  public NeuralNetwork(String resource, String sha256) {
    this.resource = resource;
    this.sha256 = sha256;
  }

  /** Loads the network once; every later caller gets the same failure. */
  public void load() throws ModelException {
    session();
  }

  /** Why loading failed, after an attempt; never waits. */
  public Optional<String> failure() {
    return Optional.ofNullable(failure).map(ModelException::getMessage);
  }

  /** How often the network was loaded: 0 or 1. */
  public synchronized int loads() {
    return loads;
  }

  /** Runs the network and returns all outputs by name, in its order. */
  public Map<String, Output> run(Tensor picture) throws ModelException {
    OrtSession running = session();
    try {
      return NativeRuntime.call(environment -> run(environment, running, picture));
    } catch (OrtException e) {
      throw new ModelException(resource + " did not run: " + e.getMessage(), e);
    }
  }

  private static Map<String, Output> run(
      OrtEnvironment environment, OrtSession running, Tensor picture) throws OrtException {
    String input = running.getInputNames().iterator().next();
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, picture.buffer(), picture.shape());
        OrtSession.Result result = running.run(Map.of(input, tensor))) {
      Map<String, Output> outputs = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> entry : result) {
        OnnxTensor value = (OnnxTensor) entry.getValue();
        outputs.put(
            entry.getKey(), new Output(value.getFloatBuffer().array(), value.getInfo().getShape()));
      }
      return outputs;
    }
  }

  private synchronized OrtSession session() throws ModelException {
    if (session != null) {
      return session;
    }
    ModelException before = failure;
    if (before != null) {
      throw before;
    }
    try {
      Stopwatch watch = Stopwatch.start();
      OrtSession loaded = open();
      session = loaded;
      loads++;
      log.debug("{} loaded in {} ms", resource, watch.elapsed().toMillis());
      return loaded;
    } catch (ModelException e) {
      failure = e;
      throw e;
    } catch (OrtException | IOException e) {
      throw failed(resource + " could not be loaded: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw failed(
          "ONNX Runtime does not load on this system: "
              + e.getMessage()
              + ". It needs 64-bit Linux with glibc, Windows, or macOS on Apple silicon.",
          e);
    }
  }

  private ModelException failed(String sentence, Throwable cause) {
    ModelException thrown = new ModelException(sentence, cause);
    failure = thrown;
    return thrown;
  }

  private OrtSession open() throws OrtException, IOException, ModelException {
    byte[] bytes = bytes();
    var opening = new FutureTask<>(() -> open(bytes));
    Thread.ofPlatform().name("load-model").stackSize(LOADING_STACK).start(opening);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return opening.get();
        } catch (InterruptedException later) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case ModelException ending -> throw ending;
        case OrtException refused -> throw refused;
        case LinkageError missing -> throw missing;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static OrtSession open(byte[] bytes) throws OrtException, ModelException {
    return NativeRuntime.call(environment -> open(environment, bytes));
  }

  private static OrtSession open(OrtEnvironment environment, byte[] bytes) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      // Pictures and lines come in many sizes; keeping a plan for each would take 80 MB and save no
      // time.
      options.setMemoryPatternOptimization(false);
      return environment.createSession(bytes, options);
    }
  }

  private byte[] bytes() throws IOException, ModelException {
    try (InputStream in = NeuralNetwork.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new ModelException(resource + " is missing from this build");
      }
      byte[] bytes = in.readAllBytes();
      String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      if (!found.equals(sha256)) {
        throw new ModelException(
            resource + " is not the file expected: its SHA-256 is " + found + ", not " + sha256);
      }
      return bytes;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
