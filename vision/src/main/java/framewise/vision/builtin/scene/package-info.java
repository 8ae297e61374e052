/** The overall look of a picture, and changes between pictures. */
@NullMarked
package framewise.vision.builtin.scene;

import org.jspecify.annotations.NullMarked;
