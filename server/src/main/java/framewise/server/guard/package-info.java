/** Request filter: only own names, and only pages that may use the service. */
@NullMarked
package framewise.server.guard;

import org.jspecify.annotations.NullMarked;
