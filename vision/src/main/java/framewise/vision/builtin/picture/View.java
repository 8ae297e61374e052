package framewise.vision.builtin.picture;

import framewise.media.Frame;

/** A picture that can be had in any size. */
public interface View {
  /** Pixels of the original. */
  int width();

  /** Pixels of the original. */
  int height();

  /** A copy stretched to the given size. */
  Picture at(int width, int height);

  /** Of a frame, which must stay open as long as the view is used. */
  static View of(Frame frame) {
    return new View() {
      @Override
      public int width() {
        return frame.width();
      }

      @Override
      public int height() {
        return frame.height();
      }

      @Override
      public Picture at(int width, int height) {
        return Picture.of(frame, width, height);
      }
    };
  }
}
