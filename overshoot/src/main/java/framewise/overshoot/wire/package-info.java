/**
 * What goes over the wire of the Overshoot API v0.2, in both directions: requests, answers, results
 * and errors, as immutable records with their JSON. A client writes the requests and reads the
 * rest; a server that speaks the same API does it the other way round.
 *
 * <p>{@link framewise.overshoot.wire.WireJson#mapper()} reads and writes all of them. Reading is
 * lenient: more fields than documented are ignored, missing ones are empty where the API has ever
 * left them out. Writing is strict: exactly the documented fields, numbers that the schema calls
 * integers without a fraction. Whether values are in their ranges is a question apart: {@code
 * problems()} lists everything wrong, in words with the field's name, so that a server can read a
 * bad request and say why it is bad.
 *
 * <p>Tokens and passwords are {@link framewise.overshoot.Secret}s and session descriptions do not
 * print their text, so that a record may be logged.
 */
@NullMarked
package framewise.overshoot.wire;

import org.jspecify.annotations.NullMarked;
