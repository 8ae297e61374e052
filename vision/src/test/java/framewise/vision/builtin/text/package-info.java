@NullMarked
package framewise.vision.builtin.text;

import org.jspecify.annotations.NullMarked;
