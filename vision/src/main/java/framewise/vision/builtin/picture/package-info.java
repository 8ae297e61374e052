/** Pixel formats of the networks and the arithmetic here. */
@NullMarked
package framewise.vision.builtin.picture;

import org.jspecify.annotations.NullMarked;
