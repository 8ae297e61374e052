/** Streams of the v1beta API: creation, leases and status. */
@NullMarked
package framewise.server.v1beta.stream;

import org.jspecify.annotations.NullMarked;
