@NullMarked
package framewise.vision.builtin;

import org.jspecify.annotations.NullMarked;
