package framewise.vision.builtin;

import framewise.vision.builtin.model.ModelException;
import framewise.vision.builtin.object.ObjectDetector;
import framewise.vision.builtin.text.TextReader;

/** The models of all skills, one of each for the whole process. */
record Models(TextReader reader, ObjectDetector detector) {
  void load() throws ModelException {
    reader.load();
    detector.load();
  }
}
