/** What a picture looks like as a whole, and what changes from one to the next. */
@NullMarked
package framewise.vision.builtin.scene;

import org.jspecify.annotations.NullMarked;
