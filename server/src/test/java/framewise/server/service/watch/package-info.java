@NullMarked
package framewise.server.service.watch;

import org.jspecify.annotations.NullMarked;
