/** Object detection: which of 80 kinds are in a picture, and where. */
@NullMarked
package framewise.vision.builtin.object;

import org.jspecify.annotations.NullMarked;
