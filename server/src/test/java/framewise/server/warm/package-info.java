@NullMarked
package framewise.server.warm;

import org.jspecify.annotations.NullMarked;
