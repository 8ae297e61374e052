package framewise.vision.builtin.model;

import java.util.concurrent.CountDownLatch;

/**
 * A program that exits while its threads compute; status 0 means that ONNX Runtime survived.
 * Argument: the number of answers to wait for first.
 */
public final class ExitUnderLoad {
  private static final String NANODET = "/models/nanodet-coco80-416.onnx";
  private static final int THREADS = 3;

  private ExitUnderLoad() {}

  public static void main(String[] args) throws Exception {
    var network = new NeuralNetwork(NANODET, args[1]);
    var answers = new CountDownLatch(Integer.parseInt(args[0]));
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform().daemon().start(() -> compute(network, answers));
    }
    answers.await();
    System.out.println("computing");
    System.exit(0);
  }

  private static void compute(NeuralNetwork network, CountDownLatch answers) {
    try (Tensor picture = new Tensor(416, 416)) {
      while (true) {
        if (network.run(picture).isEmpty()) {
          throw new IllegalStateException("no output");
        }
        answers.countDown();
      }
    } catch (ModelException ending) {
      System.out.println(ending.getMessage());
    }
  }
}
