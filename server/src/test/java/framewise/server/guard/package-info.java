@NullMarked
package framewise.server.guard;

import org.jspecify.annotations.NullMarked;
