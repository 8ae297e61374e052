/** A self-hosted server with OpenAI's API. */
@NullMarked
package framewise.vision.local;

import org.jspecify.annotations.NullMarked;
