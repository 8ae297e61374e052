/**
 * Server for the Overshoot API v0.2: apps written for it work after changing one URL. An incoming
 * stream becomes a session like any other.
 */
@NullMarked
package framewise.server.overshoot;

import org.jspecify.annotations.NullMarked;
