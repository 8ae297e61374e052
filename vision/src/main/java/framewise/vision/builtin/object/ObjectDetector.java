package framewise.vision.builtin.object;

import framewise.media.Frame;
import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.model.Network;
import framewise.vision.builtin.picture.Picture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds things in a picture, with NanoDet. It looks three times: at the frame stretched to the
 * network's square, which counts better than keeping its shape, at that in a mirror, and for road
 * vehicles at the frame in its own shape. On crowded pictures the count is right in about half, and
 * otherwise too low. Safe for any number of threads.
 */
public final class ObjectDetector {
  private final Network network =
      new Network(
          "/models/nanodet-coco80-416.onnx",
          "6c39ce6be2e53a08757473537d8a3f3348f3c6e455d97fd7f99a4ed5308c6806");
  private final NanoDet nanoDet = new NanoDet(network);

  /** Loads the network, once. */
  public void load() throws ModelException {
    network.load();
  }

  /** Why its network could not be loaded, once that was tried. */
  public Optional<String> failure() {
    return network.failure();
  }

  /** How often its network was loaded: 0 or 1. */
  public int loads() {
    return network.loads();
  }

  /** What is there, the surest first; places in pixels of the frame. */
  public List<Detection> find(Frame frame) throws ModelException {
    Picture stretched = Picture.of(frame, NanoDet.SIDE, NanoDet.SIDE);
    List<Detection> plain = nanoDet.find(stretched, false);
    List<Detection> mirrored = nanoDet.find(stretched, true);
    Letterbox letterbox = new Letterbox(frame.width(), frame.height(), NanoDet.SIDE);
    List<Detection> inShape =
        nanoDet.find(letterbox.fit(frame), false).stream()
            .map(d -> d.at(letterbox.toStretched(d.place())))
            .toList();
    List<Detection> things = new ArrayList<>(TwoLooks.agreed(plain, mirrored));
    things.addAll(Vehicles.in(List.of(plain, mirrored, inShape)));
    double scaleX = frame.width() / (double) NanoDet.SIDE;
    double scaleY = frame.height() / (double) NanoDet.SIDE;
    return Rivals.settled(things).stream()
        .map(d -> d.at(d.place().scaled(scaleX, scaleY)))
        .toList();
  }
}
