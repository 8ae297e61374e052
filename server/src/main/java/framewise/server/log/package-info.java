/** The log of the process. */
@NullMarked
package framewise.server.log;

import org.jspecify.annotations.NullMarked;
