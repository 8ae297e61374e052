@NullMarked
package framewise.server.tls;

import org.jspecify.annotations.NullMarked;
