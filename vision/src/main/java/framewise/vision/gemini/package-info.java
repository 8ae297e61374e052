/** Google Gemini, called directly. */
@NullMarked
package framewise.vision.gemini;

import org.jspecify.annotations.NullMarked;
