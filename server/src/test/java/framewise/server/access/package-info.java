@NullMarked
package framewise.server.access;

import org.jspecify.annotations.NullMarked;
