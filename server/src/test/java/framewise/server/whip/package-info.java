@NullMarked
package framewise.server.whip;

import org.jspecify.annotations.NullMarked;
