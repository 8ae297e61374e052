/** The back end without a key or a network. */
@NullMarked
package framewise.vision.builtin;

import org.jspecify.annotations.NullMarked;
