/** Anthropic, called directly. */
@NullMarked
package framewise.vision.anthropic;

import org.jspecify.annotations.NullMarked;
