/** Mistral AI, spoken to directly. */
@NullMarked
package framewise.vision.mistral;

import org.jspecify.annotations.NullMarked;
