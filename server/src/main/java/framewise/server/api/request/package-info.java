/** Reads the bodies of requests about sessions: fields of settings, prompts and names. */
@NullMarked
package framewise.server.api.request;

import org.jspecify.annotations.NullMarked;
