/**
 * Secrets and what is derived from them: keys, passwords, signed tokens, and the key that signs.
 */
@NullMarked
package framewise.server.access.secret;

import org.jspecify.annotations.NullMarked;
