/** Finding people and their poses. */
@NullMarked
package framewise.vision.builtin.pose;

import org.jspecify.annotations.NullMarked;
