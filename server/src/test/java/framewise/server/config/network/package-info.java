@NullMarked
package framewise.server.config.network;

import org.jspecify.annotations.NullMarked;
