/** Who may use what: the keys of clients. */
@NullMarked
package framewise.server.access;

import org.jspecify.annotations.NullMarked;
