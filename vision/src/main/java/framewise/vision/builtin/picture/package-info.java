/** Pixels as the networks and the arithmetic here want them. */
@NullMarked
package framewise.vision.builtin.picture;

import org.jspecify.annotations.NullMarked;
