/** A stand-in for the services, and what it expects of a request in each wire format. */
@NullMarked
package framewise.vision.chat.stub;

import org.jspecify.annotations.NullMarked;
