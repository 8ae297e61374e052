/** Tools in the wire formats of OpenAI, Anthropic and Gemini. */
@NullMarked
package framewise.vision.chat.tool;

import org.jspecify.annotations.NullMarked;
