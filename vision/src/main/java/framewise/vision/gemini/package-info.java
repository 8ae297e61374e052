/** Google Gemini, spoken to directly. */
@NullMarked
package framewise.vision.gemini;

import org.jspecify.annotations.NullMarked;
