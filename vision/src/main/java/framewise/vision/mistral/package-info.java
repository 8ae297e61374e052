/** Mistral AI, called directly. */
@NullMarked
package framewise.vision.mistral;

import org.jspecify.annotations.NullMarked;
