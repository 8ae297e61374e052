/** Finding people and how they hold themselves. */
@NullMarked
package framewise.vision.builtin.pose;

import org.jspecify.annotations.NullMarked;
