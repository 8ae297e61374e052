/** Prepares the service for its first answers. */
@NullMarked
package framewise.server.warm;

import org.jspecify.annotations.NullMarked;
