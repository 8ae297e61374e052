@NullMarked
package framewise.server.peer;

import org.jspecify.annotations.NullMarked;
