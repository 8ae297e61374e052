/**
 * The Overshoot API v0.2, served: apps that were written for it work by changing one address. A
 * stream that arrives becomes a session like any other.
 */
@NullMarked
package framewise.server.overshoot;

import org.jspecify.annotations.NullMarked;
