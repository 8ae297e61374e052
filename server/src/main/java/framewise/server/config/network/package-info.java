/** Addresses that settings name: proxies, origins and public URLs. */
@NullMarked
package framewise.server.config.network;

import org.jspecify.annotations.NullMarked;
