/** How a phone gets to the console: addresses, and codes to scan them from. */
@NullMarked
package framewise.server.phone;

import org.jspecify.annotations.NullMarked;
