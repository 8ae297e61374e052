@NullMarked
package framewise.vision.builtin.object;

import org.jspecify.annotations.NullMarked;
