/** A stub of the services, and the requests that it expects in each wire format. */
@NullMarked
package framewise.vision.chat.stub;

import org.jspecify.annotations.NullMarked;
