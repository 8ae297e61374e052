@NullMarked
package framewise.server.limits;

import org.jspecify.annotations.NullMarked;
