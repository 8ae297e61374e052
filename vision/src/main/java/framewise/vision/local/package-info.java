/** A server of one's own that speaks OpenAI's API. */
@NullMarked
package framewise.vision.local;

import org.jspecify.annotations.NullMarked;
