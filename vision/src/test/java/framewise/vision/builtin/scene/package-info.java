@NullMarked
package framewise.vision.builtin.scene;

import org.jspecify.annotations.NullMarked;
