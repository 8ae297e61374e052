/**
 * The wire format of the Overshoot API v0.2, in both directions: requests, responses, results and
 * errors, as immutable records with their JSON. A client writes the requests and reads the rest; a
 * server with the same API does the reverse.
 *
 * <p>{@link framewise.overshoot.wire.WireJson#mapper()} reads and writes all of them. Reading is
 * lenient: undocumented fields are ignored, and fields that the API has ever omitted may be
 * missing. Writing is strict: exactly the documented fields, integers without a fraction. Ranges
 * are checked separately: {@code problems()} lists every invalid field by name, so that a server
 * can read a bad request and explain its refusal.
 *
 * <p>Tokens and passwords are {@link framewise.overshoot.Secret}s, and session descriptions do not
 * print their text, so records may be logged.
 */
@NullMarked
package framewise.overshoot.wire;

import org.jspecify.annotations.NullMarked;
