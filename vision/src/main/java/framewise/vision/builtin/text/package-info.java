/** Reading text: where it is in a picture, and what it says. */
@NullMarked
package framewise.vision.builtin.text;

import org.jspecify.annotations.NullMarked;
