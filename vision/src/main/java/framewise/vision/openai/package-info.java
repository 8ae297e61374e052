/** OpenAI, called directly. */
@NullMarked
package framewise.vision.openai;

import org.jspecify.annotations.NullMarked;
