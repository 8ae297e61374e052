@NullMarked
package framewise.server;

import org.jspecify.annotations.NullMarked;
