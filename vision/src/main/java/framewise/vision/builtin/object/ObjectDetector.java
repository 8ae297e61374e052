package framewise.vision.builtin.object;

import framewise.media.picture.Frame;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.model.NeuralNetwork;
import framewise.vision.builtin.picture.Letterbox;
import framewise.vision.builtin.picture.Picture;
import framewise.vision.builtin.pose.Figure;
import framewise.vision.builtin.pose.PoseFinder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds things in a picture with three small networks that make different mistakes: NanoDet and
 * CenterNet for all kinds, MoveNet for people. Each runs only when needed. Thread-safe.
 */
public final class ObjectDetector {
  private final NeuralNetwork nanoNetwork =
      new NeuralNetwork(
          "/models/nanodet-coco80-416.onnx",
          "6c39ce6be2e53a08757473537d8a3f3348f3c6e455d97fd7f99a4ed5308c6806");
  private final NeuralNetwork centerNetwork =
      new NeuralNetwork(
          "/models/centernet-coco80-512.onnx",
          "b9361a411ca2d835b6068e13bab3251f7c29a51c3c6d2c873b2efe52c6fab288");
  private final NanoDet nanoDet = new NanoDet(nanoNetwork);
  private final CenterNet centerNet = new CenterNet(centerNetwork);
  private final PoseFinder poses = new PoseFinder();

  /** Loads the networks, once. */
  public void load() throws ModelException {
    nanoNetwork.load();
    centerNetwork.load();
    poses.load();
  }

  /** Why a network failed to load, after an attempt. */
  public Optional<String> failure() {
    return Stream.of(nanoNetwork.failure(), centerNetwork.failure(), poses.failure())
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** How often any of its networks was loaded. */
  public int loads() {
    return nanoNetwork.loads() + centerNetwork.loads() + poses.loads();
  }

  /** Detects things in a frame on demand; the frame must stay open. */
  public FrameDetections in(Frame frame) {
    return new FrameDetections(this, frame);
  }

  /** NanoDet's candidates, in pixels of the frame. */
  List<Detection> nanoDet(Frame frame) throws ModelException {
    return placed(frame, NanoDet.SIDE, nanoDet::find);
  }

  /** CenterNet's candidates, in pixels of the frame. */
  List<Detection> centerNet(Frame frame) throws ModelException {
    return placed(frame, CenterNet.SIDE, centerNet::find);
  }

  List<Figure> figures(Frame frame) throws ModelException {
    return poses.find(frame);
  }

  private interface Look {
    List<Detection> find(Picture picture) throws ModelException;
  }

  private static List<Detection> placed(Frame frame, int side, Look look) throws ModelException {
    Letterbox letterbox = new Letterbox(frame.width(), frame.height(), side, side);
    return look.find(letterbox.fit(frame)).stream()
        .map(d -> d.at(letterbox.toFrame(d.place())))
        .toList();
  }
}
