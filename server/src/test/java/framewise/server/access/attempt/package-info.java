@NullMarked
package framewise.server.access.attempt;

import org.jspecify.annotations.NullMarked;
